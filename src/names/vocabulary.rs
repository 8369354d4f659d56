//! Words by which a model's name is told from the plain words around it; no logic, so that each list can be judged at sight.

/// Words that any family's own models may carry. Others in an open family's name speak of somebody's derivative.
#[rustfmt::skip]
pub(super) const TIER_WORDS: &[&str] = &[
    "mini", "nano", "micro", "tiny", "small", "medium", "large", "xl", "big", "ultra", "super", "pro",
    "plus", "max", "lite", "light", "flash", "turbo", "air", "fast", "next", "express", "premier",
    "advanced", "code", "coder", "codex", "math", "vl", "vision", "audio", "omni", "video", "image",
    "embed", "embedding", "guard", "moe", "dense", "llm", "lm", "ai", "think", "deep", "research",
    "reasoning", "reasoner", "rl", "sft", "dpo", "ppo", "rlhf", "online", "multi", "mono", "plusplus",
    "alpha", "beta", "v", "a", "it", "r", "prover", "terminus", "speciale", "distill", "distilled", "api",
    "dev", "app", "experimental", "x", "e", "star", "m", "s", "l", "o", "extended", "live", "realtime",
    "search", "tts", "computer", "use", "long", "high", "low", "new", "model", "shot", "shots", "seqlen",
];

/// Places that serve other people's models: dropped from paths such as `openrouter/qwen/qwen-2.5`.
#[rustfmt::skip]
pub(super) const ROUTERS: &[&str] = &[
    "openrouter", "ollama", "ollama_chat", "chutes", "fireworks", "fireworks_ai", "deepinfra", "together",
    "together_ai", "bedrock", "azure", "azure_ai", "vertex_ai", "vertex", "gemini", "groq", "hyperbolic",
    "lm_studio", "huggingface", "replicate", "models", "hf", "novita", "parasail", "nebius", "featherless",
    "vercel", "github", "baseten",
];

/// Tier and variant words that are part of a name when capitalised, or in lower case after a version.
#[rustfmt::skip]
pub(super) const NAME_WORDS: &[&str] = &[
    "pro", "flash", "ultra", "nano", "mini", "turbo", "sonnet", "opus", "haiku", "instant", "large",
    "medium", "small", "lite", "plus", "max", "chat", "instruct", "base", "coder", "thinking", "preview",
    "exp", "experimental", "vision", "air", "scout", "maverick", "behemoth", "micro", "premier", "distill",
    "reasoner", "reasoning", "codex", "math", "vl", "omni", "nemo", "heavy", "fast", "terminus", "speciale",
    "audio", "it", "think", "alpha", "beta", "dpo", "sft",
];

/// Of these, the ones that a writer also puts after a name in its plain sense: taken in lower case only after a size.
#[rustfmt::skip]
pub(super) const PLAIN_WORDS: &[&str] = &[
    "chat", "base", "large", "medium", "small", "preview", "thinking", "vision", "instruct", "math", "max",
    "plus", "fast", "audio", "it", "reasoning", "coder", "experimental", "exp", "air", "heavy", "light",
    "instant",
];

/// What stands after a hyphen without being part of a name: "GPT-4-based".
#[rustfmt::skip]
pub(super) const JOINED_SUFFIXES: &[&str] = &[
    "based", "like", "style", "styled", "powered", "level", "class", "driven", "derived", "trained",
    "tuned", "only", "generated", "compatible", "era", "enabled", "written", "native", "specific", "sized",
    "family", "equivalent", "quality", "type", "assisted", "beating", "killer", "made", "built", "backed",
    "owned", "hosted", "scale", "led", "free", "first", "related", "inspired", "as", "and", "or", "vs",
    "to", "the", "series", "architecture", "parameter", "parameters", "model", "models", "billion", "point",
    "points", "shot", "way", "judged", "graded", "evaluated",
];

/// Words after "NAME 2" that make the number a count or a measure.
#[rustfmt::skip]
pub(super) const UNIT_WORDS: &[&str] = &[
    "percent", "percentage", "points", "point", "times", "million", "billion", "trillion", "months",
    "month", "years", "year", "days", "day", "weeks", "hours", "minutes", "users", "people", "out", "of",
    "more", "new", "other", "different", "tokens", "gpus", "dollars", "elo", "benchmarks", "to", "%", "x",
];

/// Words that stand before a size without being a name.
#[rustfmt::skip]
pub(super) const NOT_HEADS: &[&str] = &[
    "the", "an", "our", "their", "its", "this", "that", "these", "all", "any", "sub", "non", "over",
    "under", "about", "only", "both", "and", "or", "with", "from", "than", "for", "pre", "post", "series",
    "usd", "us", "approximately", "roughly", "nearly", "model", "models", "parameters", "params", "size",
    "sizes", "every", "each", "at", "of", "in", "on", "to", "by", "per", "ai", "llm", "llms", "moe",
    "dense", "small", "large", "figure", "table", "section",
];

/// Words that make it likely that a text speaks of models.
#[rustfmt::skip]
pub(super) const CUES: &[&str] = &[
    "models", "llm", "llms", "ai", "chatbot", "chatbots", "benchmark", "benchmarks", "leaderboard",
    "leaderboards", "parameters", "parameter", "tokens", "token", "multimodal", "prompt", "prompts",
    "inference", "weights", "finetuned", "finetuning", "pretraining", "pretrained", "api", "elo", "agentic",
    "checkpoint", "checkpoints", "gguf", "transformer", "startup", "startups", "gpu", "gpus", "coding",
    "tuned", "distilled",
];

/// Words that can begin the name of a group.
#[rustfmt::skip]
pub(super) const GROUP_WORDS: &[&str] = &[
    "open", "opensource", "closed", "proprietary", "models", "llms", "labs", "model", "big", "tech",
];

/// Words between the parts of a group's name that change nothing of who is meant.
#[rustfmt::skip]
pub(super) const FILLERS: &[&str] = &[
    "ai", "language", "large", "foundation", "frontier", "top", "leading", "best", "base", "generative",
    "own", "domestic", "reasoning", "chat", "flagship", "newest", "latest", "biggest", "strongest", "major",
    "big", "tech", "built", "made", "developed", "based", "origin", "s", "small", "smaller", "larger",
    "new", "current", "other", "llm", "source", "weight", "weights", "access", "and", "permissive",
    "available", "pretrained", "rival", "coding", "multimodal", "commercial", "closed", "finest", "native",
];

/// Nouns that stand for models.
#[rustfmt::skip]
pub(super) const NOUNS: &[&str] = &[
    "models", "model", "llms", "llm", "labs", "lab", "developers", "systems", "giants", "ecosystem", "camp",
    "counterparts", "offerings", "frontier", "releases", "ai", "providers", "makers", "entry", "entries",
    "contender", "contenders", "ones", "one",
];

/// Nouns that do so only after "AI".
#[rustfmt::skip]
pub(super) const NOUNS_AFTER_AI: &[&str] = &[
    "companies", "firms", "startups", "company", "players", "makers", "industry",
];

/// Words after which a phrase that ended in "AI" is over.
#[rustfmt::skip]
pub(super) const AFTER_A_NOUN: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might",
    "and", "or", "lags", "leads", "trails", "remains", "by", "with", "vs", "versus", "to", "in", "on", "at",
    "than", "as", "but", "from", "that", "which", "for", "still", "now", "models", "labs", "llms",
];
