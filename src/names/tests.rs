//! Printed names, running text and questions over the shipped tables.

use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

macro_rules! table {
    ($name:literal) => {
        include_str!(concat!("../../datasets/identities/", $name, ".csv"))
    };
}

/// The names that ship, without the models of the boards: what the rules alone know.
pub(crate) fn shipped() -> &'static Names {
    static SHIPPED: LazyLock<Names> = LazyLock::new(|| {
        let models = "id,name,family,organisation,released,parameters,open_weights,licence,base_model,context_tokens,source\n\
            claude-3.5-sonnet-20240620,Claude 3.5 Sonnet,claude,anthropic,2024-06-20,,false,,,200000,test\n\
            claude-3.5-sonnet-20241022,Claude 3.5 Sonnet (new),claude,anthropic,2024-10-22,,false,,,200000,test\n\
            llama-2-70b,Llama 2 70B,llama,meta,2023-07-18,7e10,true,Llama 2 Community,,4096,test\n\
            yi-34b,Yi-34B,yi,01-ai,2023-11-02,3.4e10,true,,llama,4096,test\n\
            deepseek-v3,DeepSeek-V3,deepseek,deepseek,2024-12-26,6.71e11,true,,,131072,test\n\
            claude-2.1,Claude 2.1,claude,anthropic,2023-11-21,,false,,,200000,test\n";
        Names::open(&IdentityTables {
            organisations: table!("organisations"),
            families: table!("families"),
            models,
            benchmarks: table!("benchmarks"),
            aliases: table!("aliases"),
            people: table!("people"),
            places: table!("places"),
            events: table!("events"),
        })
        .unwrap()
    });
    &SHIPPED
}

fn one_id(expected: &str, spellings: &[&str]) {
    for printed in spellings {
        let name = shipped().canonical(printed, None);
        assert_eq!(name.id, expected, "{printed}");
        assert_eq!(shipped().canonical(&name.id, None).id, expected, "the id of {printed} is its own name");
    }
}

#[test]
fn a_bare_version_is_a_sibling_of_the_model_before() {
    let ids = |text: &str| -> Vec<String> {
        let models = shipped().mentions(text).into_iter().filter_map(|mention| match mention.entity {
            Entity::Model(id) => Some(id),
            _ => None,
        });
        models.collect()
    };
    assert_eq!(ids("DeepSeek R1 crushes its own base, V3."), ["deepseek-r1", "deepseek-v3"]);
    assert_eq!(ids("Llama 2 7B is small, and the 70B is not."), ["llama-2-7b", "llama-2-70b"]);
    assert_eq!(ids("Llama 2 7B has 14.8, 70B 21.2."), ["llama-2-7b", "llama-2-70b"]);
    assert_eq!(ids("Llama 2 7B is of the 70B class, and has the 70B parameters."), ["llama-2-7b"]);
    assert_eq!(ids("DeepSeek R1 is not on BFCL V3."), ["deepseek-r1"]);
    assert_eq!(ids("DeepSeek R1 runs on a V8 engine."), ["deepseek-r1"]);
}

#[test]
fn prose_says_whose_a_model_is_and_with_what_it_works() {
    one_id("gemini-1.5-pro", &["Google's Gemini 1.5 Pro", "Google’s Gemini 1.5 Pro"]);
    one_id("mixtral-8x22b", &["Mistral's Mixtral 8x22B"]);
    one_id("o3", &["OpenAI's o3"]);
    one_id(
        "claude-3.7-sonnet-thinking",
        &["Claude 3.7 Sonnet with extended thinking", "Claude 3.7 Sonnet (extended thinking)"],
    );
    one_id("claude-3.5-sonnet-20241022", &["Claude 3.5 Sonnet (new)"]);
}

#[test]
fn a_total_without_its_active_part_stands_for_the_whole_model() {
    let asked = Entity::Model("qwen-3-235b".to_owned());
    let board =
        ["qwen-3-235b-a22b", "qwen-3-235b-a22b-instruct-202507", "qwen-3-235b-next", "qwen-3-30b-a3b"];
    assert_eq!(shipped().members(&asked, &board), board[..2]);
    let other = Entity::Model("qwen-3-235b-a22b".to_owned());
    assert!(shipped().members(&other, &["qwen-3-235b"]).is_empty());
}

#[test]
fn a_slash_inside_a_name_cuts_nothing_off() {
    for printed in ["Phi-3 small/medium", "Theseus 6/768"] {
        assert!(!["medium", "768"].contains(&shipped().canonical(printed, None).id.as_str()), "{printed}");
    }
    one_id("code-cushman-001", &["codex-12b / code-cushman-001"]);
}

#[test]
fn a_chat_model_whose_family_is_named_by_it_is_not_the_base() {
    one_id("aquila-chat-2-34b", &["AquilaChat2-34B", "AquilaChat2 34B"]);
    one_id("aquila-2-34b", &["Aquila2-34B", "Aquila2 34B"]);
}

#[test]
fn spellings_of_one_model_have_one_id() {
    one_id(
        "qwen-14b-chat",
        &["Qwen-14B-Chat", "QWen-Chat-14B", "qwen-14b-chat", "Qwen/Qwen-14B-Chat", "Qwen 14B (chat)"],
    );
    one_id(
        "claude-3.5-sonnet-20241022",
        &[
            "Claude 3.5 Sonnet (20241022)",
            "claude-3-5-sonnet-20241022",
            "anthropic/claude-3.5-sonnet-20241022",
            "Claude 3.5 Sonnet (Oct 2024)",
            "Claude 3.5 Sonnet (10/22)",
            "Claude Sonnet 3.5 (October 2024)",
        ],
    );
    one_id(
        "llama-2-70b-chat",
        &[
            "meta-llama/Llama-2-70b-chat-hf",
            "Llama 2 70B Chat",
            "llama-2-70b-chat",
            "LLaMA2-70B-Chat",
            "Llama-2-Chat-70B",
            "Meta Llama 2 70B Chat",
            "openrouter/meta-llama/llama-2-70b-chat",
        ],
    );
    one_id(
        "llama-3.1-405b-instruct",
        &["Meta-Llama-3.1-405B-Instruct", "llama3.1:405b-instruct", "Llama 3.1 405B Instruct"],
    );
    one_id(
        "gpt-4-turbo-20240409",
        &["GPT-4-Turbo-2024-04-09", "gpt-4-turbo-2024-04-09", "gpt-4-turbo-20240409"],
    );
    one_id("gpt-4-turbo-1106", &["gpt-4-1106-preview", "gpt4_1106_preview", "GPT-4-1106-preview"]);
    one_id("gpt-4o-20240806", &["gpt-4o-2024-08-06", "GPT-4o (2024-08-06)", "openai/gpt-4o-2024-08-06"]);
    one_id("gpt-3.5-turbo-0613", &["gpt-3.5-turbo-0613", "GPT-3.5-Turbo-0613", "gpt-3-5-turbo-0613"]);
    one_id("claude-1", &["claude-v1", "Claude-1", "claude-1"]);
    one_id(
        "claude-4.5-opus",
        &["Claude Opus 4.5", "claude-opus-4-5", "Opus 4.5", "anthropic/claude-opus-4.5"],
    );
    one_id(
        "claude-4-opus-20250514-thinking-16k",
        &["claude-opus-4-20250514-thinking-16k", "claude-opus-4-20250514_16K"],
    );
    one_id(
        "gemini-1.5-pro",
        &["Gemini Pro 1.5", "gemini-1.5-pro-latest", "gemini/gemini-1.5-pro-latest", "Google Gemini 1.5 Pro"],
    );
    one_id("gemini-1-pro", &["gemini-pro", "Gemini Pro", "Gemini 1.0 Pro", "Gemini Pro 1.0"]);
    one_id("gemini-2.5-pro-preview-0506", &["Gemini-2.5-Pro-Preview-05-06", "Gemini 2.5 Pro Preview 05-06"]);
    one_id("o3-mini-high", &["o3-mini-high", "o3-mini (high)", "OpenAI o3-mini (high)", "o3-mini_high"]);
    one_id(
        "command-r-plus",
        &[
            "Command R+",
            "command-r-plus",
            "Cohere Command R+",
            "c4ai-command-r-plus",
            "CohereForAI/c4ai-command-r-plus",
        ],
    );
    one_id("phi-1.5", &["phi-1_5", "Phi-1.5", "microsoft/phi-1_5"]);
    one_id("qwen-1.8b", &["Qwen-1_8B", "Qwen-1.8B", "Qwen/Qwen-1_8B"]);
    one_id("zephyr-7b-beta", &["Zephyr β-7B", "zephyr-7b-beta", "HuggingFaceH4/zephyr-7b-beta"]);
    one_id("codestral-202501", &["Codestral 25.01", "codestral-2501"]);
    one_id(
        "qwen-3-235b-a22b-instruct-202507",
        &["qwen3-235b-a22b-instruct-2507", "Qwen/Qwen3-235B-A22B-Instruct-2507"],
    );
    one_id(
        "nova-1-pro",
        &["amazon.nova-pro-v1:0", "Amazon Nova Pro 1.0", "Amazon Nova Pro", "amazon-nova-pro-v1.0"],
    );
    one_id("dolly-2-12b", &["Dolly 2.0-12b", "dolly-v2-12b", "databricks/dolly-v2-12b"]);
    one_id("gemma-2-9b-instruct", &["gemma-2-9b-it", "Gemma 2 9B Instruct", "google/gemma-2-9b-it"]);
    one_id(
        "llama-3.2-vision-90b-instruct",
        &["Llama-3.2-90b-Vision-Instruct", "llama-3.2-vision-90b-instruct"],
    );
    one_id("deepseek-v3", &["DeepSeek V3", "DeepSeek-V3", "deepseek-ai/DeepSeek-V3", "DeepSeek Chat V3"]);
    one_id("deepseek-r1", &["DeepSeek R1", "deepseek/deepseek-r1", "DeepSeek-R1"]);
    one_id("deepseek-v3.2", &["DeepSeek 3.2", "DeepSeek V3.2"]);
    one_id("wizardlm-13b", &["Azurewizardlm-13b", "WizardLM-13B"]);
    one_id("yi-34b-chat", &["01.AIyi-34b-chat", "01-ai/Yi-34B-Chat", "Yi 34B Chat"]);
    one_id("mistral-7b-instruct-v0.2", &["mistralai/Mistral-7B-Instruct-v0.2", "Mistral 7B Instruct v0.2"]);
    one_id("internvl-1.5-chat", &["InternVL-Chat-V1-5"]);
    one_id("gpt-oss-120b-high", &["gpt-oss-120b_high", "gpt-oss-120b (high)"]);
    one_id("qwen-2.5-72b-instruct-awq", &["Qwen/Qwen2.5-72B-Instruct-AWQ"]);
}

#[test]
fn different_models_have_different_ids() {
    let different = [
        "Llama-2-7b",
        "Llama-2-7b-chat",
        "Llama-2-13b",
        "Nous-Hermes-Llama2-13b",
        "paloalma/Le_Triomphant-ECE-TW3",
        "TheBloke/Llama-2-7B-GPTQ",
        "Llama-3-Instruct-8B-SimPO",
        "Llama-3-8B-Instruct",
        "Llama-3.1-Nemotron-70B-Instruct",
        "Llama-3.1-70B-Instruct",
        "DeepSeek-R1-Distill-Llama-70B",
        "DeepSeek R1",
        "DeepSeek R1 + claude-3-5-sonnet-20241022",
        "o1",
        "o1-preview",
        "o1-mini",
        "gpt-4",
        "gpt-4o",
        "gpt-4o-mini",
        "gpt-4-32k",
        "gpt-4.1",
        "gpt-4-0613",
        "chatgpt-4o-latest",
        "claude-3-opus",
        "claude-3-sonnet",
        "qwen-max",
        "qwen2.5-max",
        "davinci-002",
        "text-davinci-002",
        "grok-3",
        "early-grok-3",
        "palm-2-s",
        "palm-2-s*",
        "phi-3-mini-4k-instruct",
        "phi-3-mini-128k-instruct",
        "Switch-Base",
        "Switch-Large",
        "qwq-32b",
        "qwq-32b-preview",
        "vicuna-13b",
        "vicuna-13b-16k",
        "gemma-2-9b-it",
        "gemma-2-9b-it-SimPO",
    ];
    for (at, one) in different.iter().enumerate() {
        for other in &different[at + 1..] {
            assert_ne!(
                shipped().canonical(one, None).id,
                shipped().canonical(other, None).id,
                "{one} and {other}"
            );
        }
    }
}

#[test]
fn makers_are_known_and_derivatives_are_not_the_family() {
    let made_by = |printed: &str| shipped().canonical(printed, None).organisation;
    for (printed, organisation) in [
        ("Yi-34B", "01-ai"),
        ("ChatGLM2-6B", "zhipu"),
        ("glm-4.5-air", "zhipu"),
        ("Kimi-K2-Instruct", "moonshot"),
        ("MiniMax-M1-80k", "minimax"),
        ("ernie-5.0-preview-1022", "baidu"),
        ("doubao-pro-32k", "bytedance"),
        ("hunyuan-large-2025-02-10", "tencent"),
        ("mixtral-8x22b-instruct-v0.1", "mistral"),
        ("llama-3.1-nemotron-70b-instruct", "nvidia"),
        ("Llama-3.1-Tulu-3-70B", "ai2"),
        ("WizardLM-2-8x22B", "microsoft"),
        ("dolphin-2.6-mixtral-8x7b", "cognitive-computations"),
        ("vicuna-33b-v1.3", "lmsys"),
        ("falcon-180b-chat", "tii"),
        ("exaone-deep-32b", "lg-ai-research"),
        ("step-3", "stepfun"),
        ("longcat-flash-chat", "meituan"),
        ("mimo-v2-flash (thinking)", "xiaomi"),
        ("gpt-oss-20b", "openai"),
        ("gemma-3-27b-it", "google"),
        ("grok-4-0709", "xai"),
        ("jamba-1.5-large", "ai21"),
    ] {
        assert_eq!(made_by(printed).as_deref(), Some(organisation), "{printed}");
    }
    for printed in
        ["TheBloke/Llama-2-7B-GPTQ", "Llama-3-8B-MyTune", "Nous-Hermes-Llama2-13b", "Phind-CodeLlama-34B-v2"]
    {
        assert_ne!(shipped().canonical(printed, None).family.as_deref(), Some("llama"), "{printed}");
    }
    assert_eq!(
        shipped().canonical("paloalma/Le_Triomphant-ECE-TW3", None).id,
        "paloalma/le-triomphant-ece-tw-3"
    );
    assert_eq!(shipped().canonical("Foo-70B", Some("Zhipu AI")).organisation.as_deref(), Some("zhipu"));
}

#[test]
fn every_family_reads_its_own_id() {
    for family in &shipped().parser.families {
        let name = shipped().canonical(&format!("{}-7b", family.id), None);
        assert_eq!(name.family.as_deref(), Some(family.id.as_str()), "{}", name.id);
    }
}

fn resolved(name: &str) -> Entity {
    match shipped().resolve(name) {
        Resolution::Found(entity) => entity,
        Resolution::Unknown { near } => panic!("{name} is unknown; near {near:?}"),
    }
}

#[test]
fn questions_resolve_to_models_families_organisations_and_groups() {
    let model = |id: &str| Entity::Model(id.to_owned());
    let family = |id: &str| Entity::Family(id.to_owned());
    let organisation = |id: &str| Entity::Organisation(id.to_owned());
    let benchmark = |id: &str| Entity::Benchmark(id.to_owned());
    for (name, expected) in [
        ("Llama 2", family("llama-2")),
        ("Llama 2 70B", model("llama-2-70b")),
        ("GPT-4", model("gpt-4")),
        ("Qwen", family("qwen")),
        ("Baichuan", family("baichuan")),
        ("Alibaba", organisation("alibaba")),
        ("01.AI", organisation("01-ai")),
        ("Claude 3", family("claude-3")),
        ("Claude 2.1", model("claude-2.1")),
        ("DeepSeek V3", model("deepseek-v3")),
        ("R1", model("deepseek-r1")),
        ("o1", model("o1")),
        ("Sonnet", model("claude-sonnet")),
        ("Kai-Fu Lee", organisation("01-ai")),
        ("Li Kaifu", organisation("01-ai")),
        ("Z.ai", organisation("zhipu")),
        ("MMLU", benchmark("mmlu")),
        ("chatbot arena", benchmark("chatbot-arena")),
        ("LMSYS Chatbot Arena", benchmark("chatbot-arena")),
        ("HumanEval+", benchmark("human-eval-plus")),
        ("GPQA (Diamond)", benchmark("gpqa-diamond")),
        ("Foo-3-70B-Instruct", model("foo-3-70b-instruct")),
        ("math-level-5", benchmark("math-level-5")),
        ("Yi", family("yi")),
        ("ChatGPT", family("chatgpt")),
        ("Mixtral 8x7B", model("mixtral-8x7b")),
        ("OpenAI's", organisation("openai")),
    ] {
        assert_eq!(resolved(name), expected, "{name}");
    }
    let china = Group { countries: vec!["CN".to_owned()], ..Group::default() };
    assert_eq!(resolved("China"), Entity::Group(china.clone()));
    assert_eq!(
        resolved("Chinese open-weight models"),
        Entity::Group(Group { open_weights: Some(true), ..china })
    );
}

#[test]
fn unknown_names_are_suggested_never_guessed() {
    let Resolution::Unknown { near } = shipped().resolve("Lamma") else { panic!("Lamma resolved") };
    assert!(near.contains(&"Llama".to_owned()), "{near:?}");
    for nothing in ["", "   ", "the committee", "laptops", "Tuesday", "a llama in a field"] {
        assert!(matches!(shipped().resolve(nothing), Resolution::Unknown { .. }), "{nothing}");
    }
}

#[test]
fn facts_fall_back_from_row_to_family_to_name() {
    let facts = shipped().facts("yi-34b-chat");
    assert_eq!(
        (facts.country.as_deref(), facts.parameters, facts.open_weights),
        (Some("CN"), Some(3.4e10), Some(true))
    );
    let facts = shipped().facts("llama-2-13b");
    assert_eq!(
        (facts.organisation.as_deref(), facts.country.as_deref(), facts.parameters),
        (Some("meta"), Some("US"), Some(1.3e10))
    );
    let facts = shipped().facts("claude-3.5-sonnet-20241022-thinking-16k");
    assert_eq!((facts.released, facts.open_weights), (Some(jiff::civil::date(2024, 10, 22)), Some(false)));
    // Without a row of its own it came with the first of its versions.
    assert_eq!(shipped().facts("claude-3.5-sonnet").released, Some(jiff::civil::date(2024, 6, 20)));
    assert_eq!(shipped().facts("claude-3.5-opus").released, None);
    assert_eq!(shipped().facts("some-new-thing").organisation, None);
    assert_eq!(shipped().display(&Entity::Family("llama-2".to_owned())), "Llama 2");
    assert_eq!(shipped().display(&resolved("open-weight models from China")), "Chinese open-weight models");
    assert_eq!(shipped().display(&resolved("open models from Meta")), "open-weight models of Meta");
    assert_eq!(shipped().event("the DeepSeek moment"), Some(jiff::civil::date(2025, 1, 20)));
}

#[test]
fn members_are_the_family_without_derivatives() {
    let ids = [
        "llama-2-7b",
        "llama-2-70b-chat",
        "llama-2-70b",
        "llama-3-8b",
        "thebloke/llama-2-7b-gptq",
        "llama-2-mytune-7b",
        "qwen-72b",
        "yi-34b",
        "qwen-max",
        "gpt-4",
        "gpt-4-0613",
        "gpt-4-turbo",
        "llama-2-70b-awq",
        "claude-3.5-sonnet-20240620",
        "claude-3.5-sonnet-20241022-thinking-16k",
        "deepseek-r1+gpt-4",
    ];
    let members = |entity: Entity| shipped().members(&entity, &ids);
    assert_eq!(
        members(Entity::Family("llama-2".to_owned())),
        ["llama-2-7b", "llama-2-70b-chat", "llama-2-70b", "llama-2-70b-awq"]
    );
    assert_eq!(members(Entity::Family("qwen".to_owned())), ["qwen-72b", "qwen-max"]);
    assert_eq!(
        members(Entity::Model("llama-2-70b".to_owned())),
        ["llama-2-70b-chat", "llama-2-70b", "llama-2-70b-awq"]
    );
    assert_eq!(members(Entity::Model("llama-2-70b-chat".to_owned())), ["llama-2-70b-chat"]);
    assert_eq!(members(Entity::Model("gpt-4".to_owned())), ["gpt-4", "gpt-4-0613"]);
    assert_eq!(
        members(Entity::Model("claude-3.5-sonnet".to_owned())),
        ["claude-3.5-sonnet-20240620", "claude-3.5-sonnet-20241022-thinking-16k"]
    );
    let chinese_open =
        Group { countries: vec!["CN".to_owned()], open_weights: Some(true), ..Group::default() };
    assert_eq!(members(Entity::Group(chinese_open)), ["qwen-72b", "yi-34b"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic_and_spans_cut_nothing(text in "(\\PC{0,6}|[A-Za-z0-9 .+/()_-]{0,8}|Llama|GPT-4|Claude|Qwen2\\.5|70B|模型|Chinese|open|models|’s|\\n){0,24}") {
        let mentions = shipped().mentions(&text);
        let mut last = 0;
        for mention in mentions {
            prop_assert!(mention.span.start >= last && mention.span.end > mention.span.start);
            prop_assert!(text.is_char_boundary(mention.span.start) && text.is_char_boundary(mention.span.end));
            prop_assert!(!scan::continues(&text, mention.span.end) || text[..mention.span.end].ends_with(|c: char| !c.is_ascii_alphanumeric()));
            last = mention.span.end;
        }
        let _ = shipped().resolve(&text);
    }

    #[test]
    fn an_id_is_its_own_name(printed in "(Llama|Qwen|GPT|Claude|Foo|DeepSeek|gemini|o1|phi)[- _]?([0-9](\\.[0-9])?)?[-_ ]?(Pro|Coder|mini|Sonnet|Bar|)[- ]?(7b|70B|8x7B|)([- ](Chat|Instruct|it))?[- ]?(2024-08-06|0613|\\(high\\)|_16K|v0\\.2|preview|)") {
        // A name with two versions is nobody's.
        prop_assume!(printed.matches('.').count() < 2);
        // Nor is one whose size runs on into a word ("7bpreview").
        prop_assume!(!["7bp", "70Bp", "8x7Bp"].iter().any(|glued| printed.contains(glued)));
        let id = shipped().canonical(&printed, None).id;
        prop_assert_eq!(&shipped().canonical(&id, None).id, &id);
    }
}
