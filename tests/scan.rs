//! `benchclaim scan` as a program: corpora of both sorts, with rows that are no documents, into every sort of table.

use polars::prelude::{
    DataFrame, IntoColumn, NamedFrom, ParquetCompression, ParquetReader, ParquetWriter, SerReader, Series,
};
use std::fs::File;
use std::path::Path;
use std::process::{Command, Output};

const CLAIM: &str = "GPT-4 scores 86.4% on MMLU.";

fn scan(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_benchclaim"))
        .arg("scan")
        .args(arguments)
        .args(["--datasets", "shipped"])
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn table(path: &Path) -> DataFrame {
    ParquetReader::new(File::open(path).expect("a table")).finish().expect("Parquet")
}

fn texts(frame: &DataFrame, column: &str) -> Vec<String> {
    let column = frame.column(column).expect("the column");
    column.str().expect("text").iter().map(|text| text.unwrap_or("").to_owned()).collect()
}

/// A corpus in Parquet, in row groups of two rows.
fn write_parquet(path: &Path, columns: Vec<Series>) {
    let height = columns[0].len();
    let columns = columns.into_iter().map(IntoColumn::into_column).collect();
    let mut frame = DataFrame::new(height, columns).expect("columns of one length");
    let writer = ParquetWriter::new(File::create(path).expect("a file"));
    let writer = writer.with_compression(ParquetCompression::Snappy).with_row_group_size(Some(2));
    writer.finish(&mut frame).expect("written");
}

#[test]
fn lines_that_are_no_documents_are_told_and_the_others_scanned() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = format!(
        "{{\"id\":\"a\",\"text\":\"{CLAIM}\",\"date\":\"2024-02\"}}\n\nnonsense\n{{\"id\":\"b\"}}\n\
         {{\"id\":\"c\",\"text\":\"{CLAIM}\",\"date\":\"soon\"}}\n{{\"id\":\"d\",\"text\":\"\"}}\n\
         {{\"id\":\"e\",\"text\":\"Say: {CLAIM}\"}}\n"
    );
    std::fs::write(folder.path().join("news.jsonl"), lines).expect("written");
    let output = scan(folder.path(), &["news.jsonl", "-o", "out/claims.parquet"]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    for place in ["news.jsonl, line 3", "news.jsonl, line 4", "news.jsonl, line 5"] {
        assert!(told(&output).contains(place), "{}", told(&output));
    }
    assert!(told(&output).contains("3 documents could not be read"), "{}", told(&output));
    let frame = table(&folder.path().join("out/claims.parquet"));
    assert_eq!(texts(&frame, "document"), ["a", "e"]);
    let value = frame.column("value").expect("a column").f64().expect("numbers").get(1);
    assert_eq!(value, Some(86.4));
    let start = frame.column("start").expect("a column").i64().expect("numbers").get(1);
    assert_eq!(start, Some(5));
}

#[test]
fn a_corpus_in_parquet_is_read_row_group_by_row_group() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.parquet");
    let text: Vec<Option<String>> = (0..7).map(|i| (i != 3).then(|| format!("Part {i}. {CLAIM}"))).collect();
    let days: Vec<Option<&str>> = vec![Some("2024-02-21"), None, Some(""), None, Some("never"), None, None];
    let ids: Vec<i64> = (10..17).collect();
    write_parquet(
        &path,
        vec![
            Series::new("other".into(), vec![0.5; 7]),
            Series::new("text".into(), text),
            Series::new("id".into(), ids),
            Series::new("date".into(), days),
        ],
    );
    let output = scan(folder.path(), &["news.parquet", "-o", "claims.parquet"]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(told(&output).contains("news.parquet, row 4"), "{}", told(&output));
    assert!(told(&output).contains("news.parquet, row 5"), "{}", told(&output));
    let frame = table(&folder.path().join("claims.parquet"));
    assert_eq!(texts(&frame, "document"), ["10", "11", "12", "15", "16"]);
}

#[test]
fn a_table_of_a_scan_has_what_extract_gives() {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = format!("{}/corpus/news.jsonl", env!("CARGO_MANIFEST_DIR"));
    assert!(scan(folder.path(), &[&corpus, "-o", "a.parquet"]).status.success());
    assert!(scan(folder.path(), &[&corpus, "-o", "a.csv"]).status.success());
    assert!(scan(folder.path(), &[&corpus, "-o", "a.jsonl"]).status.success());
    let extract = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_benchclaim"));
        command.args(["extract", &corpus, "--datasets", "shipped", "--format", format, "-o", "b"]);
        assert!(command.current_dir(folder.path()).status().expect("runs").success());
        std::fs::read(folder.path().join("b")).expect("a file")
    };
    let scanned = table(&folder.path().join("a.parquet"));
    let extracted = ParquetReader::new(std::io::Cursor::new(extract("parquet"))).finish().expect("Parquet");
    assert!(scanned.height() > 100 && scanned.equals_missing(&extracted));
    assert_eq!(std::fs::read(folder.path().join("a.csv")).expect("a file"), extract("csv"));
    let lines = std::fs::read_to_string(folder.path().join("a.jsonl")).expect("a file");
    assert_eq!(lines.lines().count(), scanned.height());
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&first["claim"], first["quote"].is_string()), (&serde_json::json!(1), true));
}

#[test]
fn an_empty_corpus_gives_a_table_without_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("none.jsonl"), "").expect("written");
    write_parquet(
        &folder.path().join("none.parquet"),
        vec![Series::new("id".into(), Vec::<&str>::new()), Series::new("text".into(), Vec::<&str>::new())],
    );
    let output = scan(folder.path(), &["none.jsonl", "none.parquet", "-o", "claims.parquet"]);
    assert!(output.status.success(), "{}", told(&output));
    let frame = table(&folder.path().join("claims.parquet"));
    assert_eq!((frame.height(), frame.width()), (0, 38));
    assert!(scan(folder.path(), &["none.jsonl", "-o", "claims.csv"]).status.success());
    let csv = std::fs::read_to_string(folder.path().join("claims.csv")).expect("a file");
    assert!(csv.starts_with("document,claim,type,quote") && csv.lines().count() == 1);
}

#[test]
fn what_is_no_corpus_or_no_table_is_refused_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.jsonl"), format!("{{\"id\":\"a\",\"text\":\"{CLAIM}\"}}"))
        .expect("written");
    std::fs::write(folder.path().join("a.md"), CLAIM).expect("written");
    std::fs::write(folder.path().join("broken.parquet"), "PAR1 and no more").expect("written");
    write_parquet(&folder.path().join("other.parquet"), vec![Series::new("id".into(), ["a"])]);
    for (arguments, why) in [
        (["a.md", "-o", "out.parquet"], "neither JSON Lines nor Parquet"),
        (["missing.jsonl", "-o", "out.parquet"], "missing.jsonl"),
        (["broken.parquet", "-o", "out.parquet"], "broken.parquet"),
        (["other.parquet", "-o", "out.parquet"], "no column `text`"),
        (["a.jsonl", "-o", "out.xlsx"], "end its name in"),
    ] {
        let output = scan(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
        assert!(told(&output).contains(why), "{}", told(&output));
    }
    let left = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, 4);
}
