"""The reference: a table into one Parquet file by connectorx (Rust) and pyarrow, batch by batch.

Arguments: URL of the database, name of the table, path of the file.
"""

import sys

import connectorx
import pyarrow.parquet

BATCH_ROWS = 65_536


def main(url: str, table: str, path: str) -> None:
    batches = connectorx.read_sql(
        url, f"select * from {table}", return_type="arrow_stream", batch_size=BATCH_ROWS
    )
    with pyarrow.parquet.ParquetWriter(
        path, batches.schema, compression="zstd", compression_level=1
    ) as writer:
        for batch in batches:
            writer.write_batch(batch)


if __name__ == "__main__":
    main(*sys.argv[1:])
