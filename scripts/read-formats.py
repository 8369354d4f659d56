"""Reads one machine format with a package made by others: `read-formats.py READER CHECKS REPORT`, two folders."""

# schema: jsonschema holds json and jsonl against the published schema
# junit: junitparser reads it, a case a claim
# claimreview: pyld expands it, a review a checkable claim, both selectors
# csv: pandas reads a row a claim
# parquet: polars and pandas read the same claims and evidence, with types

import json
import sys
from pathlib import Path

SCHEMA_ORG = "https://schema.org/"
ANNOTATION = "http://www.w3.org/ns/oa#"


def claims(checks):
    return json.loads((checks / "check.json").read_text())["documents"][0]["claims"]


def schema(checks, report):
    import jsonschema

    validator = jsonschema.Draft202012Validator(json.loads((checks / "schema.json").read_text()))
    validator.check_schema(validator.schema)
    validator.validate(json.loads((checks / "check.json").read_text()))
    validator.validate(json.loads((report / "report.json").read_text()))
    for line in (checks / "check.jsonl").read_text().splitlines():
        validator.validate(json.loads(line))


def junit(checks, _):
    from junitparser import JUnitXml

    suites = JUnitXml.fromfile(str(checks / "check.junit"))
    cases = [case for suite in suites for case in suite]
    assert len(cases) == len(claims(checks)), f"{len(cases)} cases"
    assert all(case.name and case.classname for case in cases)
    bad = sum(claim["verdict"] == "contradicted" for claim in claims(checks))
    assert sum(suite.failures for suite in suites) >= bad


def claimreview(checks, _):
    from pyld import jsonld

    document = json.loads((checks / "check.claimreview").read_text())
    reviews = [node for node in jsonld.expand(document) if SCHEMA_ORG + "ClaimReview" in node["@type"]]
    checkable = [claim for claim in claims(checks) if claim["verdict"] != "not-checkable"]
    assert len(reviews) == len(checkable), f"{len(reviews)} reviews of {len(checkable)} claims"
    text = json.dumps(reviews)
    for selector in ("TextQuoteSelector", "TextPositionSelector"):
        assert text.count(ANNOTATION + selector) >= len(reviews), selector
    for name in ("claimReviewed", "reviewRating", "author"):
        assert all(review[SCHEMA_ORG + name] for review in reviews), name
    assert jsonld.to_rdf(document)["@default"], "no triples"


def csv(checks, _):
    import pandas

    frame = pandas.read_csv(checks / "check.csv")
    assert len(frame) == len(claims(checks)), f"{len(frame)} rows"
    assert set(frame["verdict"]) == {claim["verdict"] for claim in claims(checks)}


def parquet(checks, report):
    import pandas
    import polars

    for name in ("claims", "evidence"):
        path = report / f"{name}.parquet"
        one, other = polars.read_parquet(path), pandas.read_parquet(path)
        assert one.height == len(other) and one.columns == list(other.columns), name
    frame = polars.read_parquet(report / "claims.parquet")
    assert frame.height == len(claims(checks)), f"{frame.height} rows"
    assert frame["support"].dtype == polars.Float64, frame["support"].dtype
    supports = [claim["support"] for claim in claims(checks)]
    assert frame["support"].to_list() == supports, "support differs from the JSON"
    assert polars.read_parquet(checks / "check.parquet").equals(frame), "check and report differ"


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
