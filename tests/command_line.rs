//! The command line as data: every file under `tests/cmd/` is a case.

#[test]
fn command_line_cases() {
    trycmd::TestCases::new().case("tests/cmd/*.toml").case("tests/cmd/*.md");
}
