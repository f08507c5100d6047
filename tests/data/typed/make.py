"""Writes the Parquet and SPSS files beside it with the programs that people have.

pip install pyarrow polars duckdb pyreadstat pandas; python3 tests/data/typed/make.py
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

HERE = Path(__file__).parent
TEXTS = [
    "The parcel came two days late and nobody told me.",
    "Die Hotline war sehr freundlich, danke!",
    "The app crashes whenever I open my invoice.",
    None,
]
DAYS = [dt.date(2025, 1, 13), dt.date(2025, 2, 14), dt.date(2025, 3, 15), dt.date(2025, 4, 16)]
MOMENTS = [dt.datetime(d.year, d.month, d.day, 18, 30, 5) for d in DAYS]
TAGS = [["late", "parcel"], ["hotline"], [], None]

# Nested columns, nanoseconds, decimals, small fractions, lists of structs.
nested = pa.table(
    {
        "id": pa.array([11, 12, 13, 14], pa.int64()),
        "review": pa.array(
            [{"text": text, "stars": stars} for text, stars in zip(TEXTS, [1.0, 4.5, 2.0, 3.0])],
            pa.struct([("text", pa.string()), ("stars", pa.float32())]),
        ),
        "when": pa.array(MOMENTS, pa.timestamp("ns")),
        "day": pa.array(DAYS, pa.date32()),
        "price": pa.array([Decimal("12.50"), Decimal("3.00"), None, Decimal("-7.25")], pa.decimal128(9, 2)),
        "tags": pa.array(TAGS, pa.list_(pa.string())),
        "verified": pa.array([True, False, None, True]),
        "replies": pa.array(
            [[{"by": "team", "text": "Sorry."}, {"by": "team", "text": "Fixed."}], [], None, []],
            pa.list_(pa.struct([("by", pa.string()), ("text", pa.string())])),
        ),
    }
)
pq.write_table(nested, HERE / "pyarrow_nested.parquet", compression="zstd", row_group_size=2)

flat = {"Review ID": ["a1", "a2", "a3", "a4"], "comment": TEXTS, "date": DAYS, "nps": [2, 9, 3, 10]}
pl.DataFrame(flat).write_parquet(HERE / "polars.parquet")
pd.DataFrame(flat).to_parquet(HERE / "pandas_gzip.parquet", compression="gzip", index=False)
frame = pl.DataFrame(flat)
duckdb.sql(f"COPY frame TO '{HERE / 'duckdb.parquet'}' (FORMAT parquet, COMPRESSION snappy)")
pq.write_table(pa.table(flat), HERE / "lz4.parquet", compression="lz4", version="1.0")
pq.write_table(pa.table(flat), HERE / "brotli.parquet", compression="brotli", use_dictionary=False)

survey = pd.DataFrame(
    {
        "ID": [101.0, 102.0, 103.0, 104.0],
        "v_1": [TEXTS[0], TEXTS[1], TEXTS[2], "-"],
        "v_2": [1.0, 5.0, 2.0, 99.0],
        "v_3": [0.0, 9.0, 3.0, 10.0],
        "kanal": ["app", "tel", "app", "tel"],
        "datum": DAYS,
        "zeit": MOMENTS,
    }
)
about = {
    "column_labels": [
        "", "Was hat Ihnen nicht gefallen?", "Wie zufrieden sind Sie insgesamt?",
        "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", "Kanal", "Datum", "Zeitpunkt",
    ],
    "variable_value_labels": {
        "v_2": {1.0: "sehr unzufrieden", 2.0: "unzufrieden", 3.0: "teils/teils", 4.0: "zufrieden",
                5.0: "sehr zufrieden", 99.0: "keine Angabe"},
        "v_3": {0.0: "sehr unwahrscheinlich", 10.0: "sehr wahrscheinlich"},
        "kanal": {"app": "App", "tel": "Telefon"},
    },
    "missing_ranges": {"v_2": [99.0], "v_1": ["-"]},
}
pyreadstat.write_sav(survey, HERE / "survey.sav", **about)
pyreadstat.write_sav(survey, HERE / "survey.zsav", compress=True, **about)
