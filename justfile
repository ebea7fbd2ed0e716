# What the project's people do often; `just` lists it.

default:
    @just --list

# All that must pass
ci:
    bash .ci/run

# The tests
test:
    cargo test

# Facts of one bulletin
extract file:
    cargo run --quiet --release --example extract -- {{file}}

# What is missed and what is wrong on the gold bulletins: bulletin, kind, missed or wrong, text, value
errors:
    BANTIN_GOLD_ERRORS=gold cargo test --quiet --release --test gold -- --nocapture gold_bulletins

# Bytes per second by stage and length, beside unicode_words
bench:
    cargo bench --bench extract
