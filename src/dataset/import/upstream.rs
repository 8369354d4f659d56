//! Upstream forms: a body as a server sends it in; the raw file that the readers know, out.
//!
//! CSV, JSON and YAML are kept as they come. Tables in Parquet, in a page or in a Markdown file become CSV.

use super::raw::fault;
use crate::dataset::source::Upstream;
use crate::error::Result;
use polars::prelude::{CsvWriter, ParquetReader, SerReader, SerWriter};
use std::io::Cursor;

/// Turns a body into the raw file that is kept; `file` names it in complaints.
///
/// # Errors
/// When the body is not of that form.
pub fn to_raw(file: &str, form: Upstream, body: Vec<u8>) -> Result<Vec<u8>> {
    match form {
        Upstream::Csv | Upstream::Json | Upstream::Yaml => Ok(body),
        Upstream::Parquet => parquet_to_csv(file, body),
        Upstream::HtmlTable => to_csv(file, &html_table(&text(file, body)?)),
        Upstream::MarkdownTable => to_csv(file, &markdown_table(&text(file, body)?)),
    }
}

fn text(file: &str, body: Vec<u8>) -> Result<String> {
    String::from_utf8(body)
        .map_err(|e| fault(file, format!("byte {} is not UTF-8", e.utf8_error().valid_up_to())))
}

fn parquet_to_csv(file: &str, body: Vec<u8>) -> Result<Vec<u8>> {
    let broken = |e: polars::prelude::PolarsError| fault(file, format!("not a whole Parquet table ({e})"));
    let mut frame = ParquetReader::new(Cursor::new(body)).finish().map_err(broken)?;
    let mut bytes = Vec::new();
    CsvWriter::new(&mut bytes).finish(&mut frame).map_err(broken)?;
    Ok(bytes)
}

/// Header and rows of the first table that has both. A cell that spans columns stands in each.
fn html_table(page: &str) -> Vec<Vec<String>> {
    let page = dom_query::Document::from(page);
    for table in page.select("table").iter() {
        let mut rows = Vec::new();
        for row in table.select("tr").iter() {
            let mut cells = Vec::new();
            for cell in row.select("th, td").iter() {
                let span: usize = cell.attr("colspan").and_then(|n| n.trim().parse().ok()).unwrap_or(1);
                let words: Vec<String> = cell.text().split_whitespace().map(str::to_owned).collect();
                // More columns than any board has would be a trap rather than a table.
                cells.extend(std::iter::repeat_n(words.join(" "), span.clamp(1, 100)));
            }
            rows.push(cells);
        }
        rows.retain(|row| !row.is_empty());
        if rows.len() > 1 {
            return rows;
        }
    }
    Vec::new()
}

/// Header and rows of the first table: a row of cells, a row of dashes, rows of cells.
fn markdown_table(text: &str) -> Vec<Vec<String>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_rule =
        |line: &str| line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let start =
        lines.windows(2).position(|pair| pair[0].contains('|') && is_rule(pair[1]) && pair[1].contains('|'));
    let Some(start) = start else { return Vec::new() };
    let rows = lines[start + 2..].iter().take_while(|line| line.contains('|'));
    std::iter::once(&lines[start]).chain(rows).map(|line| markdown_cells(line)).collect()
}

fn markdown_cells(line: &str) -> Vec<String> {
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    let escaped = line.replace("\\|", "\u{0}");
    escaped.split('|').map(|cell| plain(&cell.replace('\u{0}', "|"))).collect()
}

/// A cell without emphasis, links and tags: their words only.
fn plain(cell: &str) -> String {
    let mut words = String::new();
    let mut rest = cell.trim();
    while let Some(next) = rest.find(['[', '<', '*', '`']) {
        words.push_str(&rest[..next]);
        let tail = &rest[next..];
        let link = tail.find("](").and_then(|middle| Some((middle, middle + tail[middle..].find(')')?)));
        rest = match (tail.as_bytes().first(), link, tail.find('>')) {
            (Some(b'['), Some((middle, end)), _) => {
                words.push_str(&plain(&tail[1..middle]));
                &tail[end + 1..]
            }
            (Some(b'<'), _, Some(end)) => &tail[end + 1..],
            (Some(b'*' | b'`'), ..) => &tail[1..],
            _ => {
                words.push_str(&tail[..1]);
                &tail[1..]
            }
        };
    }
    words.push_str(rest);
    words.trim().to_owned()
}

fn to_csv(file: &str, rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let Some(header) = rows.first() else { return Err(fault(file, "there is no table in it".to_owned())) };
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // A row may be short by its last cells; cells beyond the header have no column.
        let cells = (0..header.len()).map(|i| row.get(i).map_or("", String::as_str));
        writer.write_record(cells).map_err(|e| fault(file, e.to_string()))?;
    }
    writer.into_inner().map_err(|e| fault(file, e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv_of(form: Upstream, body: &str) -> String {
        String::from_utf8(to_raw("t", form, body.as_bytes().to_vec()).expect("a table")).expect("UTF-8")
    }

    #[test]
    fn a_markdown_table_keeps_its_words_only() {
        let text = "# Board\nsome | words\n\n|Model|Score|\n|:----|---:|\n|[**A**](https://a.org/x)|3.0 %|\n|B \\| C `x`<br>|1|\n\n|no|\n";
        assert_eq!(csv_of(Upstream::MarkdownTable, text), "Model,Score\nA,3.0 %\nB | C x,1\n");
        assert!(to_raw("t", Upstream::MarkdownTable, b"a | b\nno table".to_vec()).is_err());
    }

    #[test]
    fn an_html_table_is_the_first_with_rows() {
        let page = "<table><tr><td>menu</td></tr></table><table><thead><tr><th>Model<th colspan=2>Elo</tr></thead>\
            <tbody><tr><td>A\n <b>x</b></td><td>1</td></tr></tbody></table>";
        assert_eq!(csv_of(Upstream::HtmlTable, page), "Model,Elo,Elo\nA x,1,\n");
        assert!(to_raw("t", Upstream::HtmlTable, b"<p>sign in</p>".to_vec()).is_err());
    }

    #[test]
    fn a_parquet_table_becomes_csv_and_a_cut_one_an_error() {
        use polars::prelude::{DataFrame, NamedFrom, ParquetWriter, Series};
        let columns =
            vec![Series::new("model".into(), ["A"]).into(), Series::new("score".into(), [1.5]).into()];
        let mut frame = DataFrame::new(1, columns).expect("a frame");
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).finish(&mut frame).expect("written");
        assert_eq!(to_raw("t", Upstream::Parquet, bytes.clone()).expect("a table"), b"model,score\nA,1.5\n");
        bytes.truncate(bytes.len() - 7);
        assert!(to_raw("t", Upstream::Parquet, bytes).is_err());
    }
}
