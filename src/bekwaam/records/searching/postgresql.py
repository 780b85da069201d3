"""The index of words on PostgreSQL: a generated column of type `tsvector` under a GIN index.

The tokens are made by `searching.words`, so no text search configuration comes in: `array_to_tsvector` takes them as
they are, where even the configuration `simple` would cut some of them (a part number, an address) once more.

What stands inside a word is found by three letters where the extension `pg_trgm` may be had; elsewhere all entries are
read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import BooleanField, F, OrderBy, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Collate
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from bekwaam.records.searching.question import Group, Token, kind_token

TABLES: Final = ()
BYTES: Final = "C"
LAST_LETTER: Final = "\U0010ffff"
CREATE: Final = (
    'CREATE INDEX search_by_code ON records_searchentry (object_type, code COLLATE "C")',
    'CREATE INDEX search_by_name ON records_searchentry (object_type, name COLLATE "C")',
    "ALTER TABLE records_searchentry ADD COLUMN token_vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(tokens, ' '), ''))) STORED",
    "CREATE INDEX records_search ON records_searchentry USING gin (token_vector)",
    """
    DO $$
    BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX records_inside ON records_searchentry USING gin (words gin_trgm_ops);
    EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
        RAISE NOTICE 'pg_trgm is not to be had: what stands inside a word is found by reading all entries';
    END
    $$
    """,
)
DROP: Final = (
    "DROP INDEX IF EXISTS search_by_code",
    "DROP INDEX IF EXISTS search_by_name",
    "DROP INDEX IF EXISTS records_inside",
    "DROP INDEX IF EXISTS records_search",
    "ALTER TABLE records_searchentry DROP COLUMN IF EXISTS token_vector",
)


_WITH_TOKENS: Final = "SELECT entry.id FROM records_searchentry AS entry WHERE entry.token_vector @@ %s::tsquery"
_WITH_ANY_TOKENS: Final = """
    SELECT entry.id
    FROM unnest(%s::text[]) AS question
    CROSS JOIN LATERAL (
        SELECT id FROM records_searchentry WHERE token_vector @@ question::tsquery OFFSET 0
    ) AS entry
"""
MANY: Final = 20


def matching(groups: Sequence[Group]) -> Q:
    """The entries that have of every group at least one alternative, whole.

    Hundreds of alternatives (every slip of a word) go in as that many questions: as one, GIN takes seconds over them.
    """
    widest = max(groups, key=len)
    if len(widest) <= MANY:
        return _among(_WITH_TOKENS, [_written(groups)])
    others = [group for group in groups if group is not widest]
    questions = [_written([(alternative,), *others]) for alternative in widest]
    return _among(_WITH_ANY_TOKENS, [questions])


def _among(rows: str, parameters: list[Any]) -> Q:
    """Through an array: a join would be planned on guesses of how many there are, and read every entry for one."""
    condition = f"records_searchentry.id = ANY (ARRAY({rows}))"
    return Q(RawSQL(condition, parameters, output_field=BooleanField()))  # noqa: S611  typed text is a parameter


def _written(groups: Sequence[Group]) -> str:
    return " & ".join(f"({' | '.join(_all_of(tokens) for tokens in group)})" for group in groups)


def _all_of(tokens: Sequence[Token]) -> str:
    words = [f"'{token.text}':*" if token.is_beginning else f"'{token.text}'" for token in tokens]
    return words[0] if len(words) == 1 else f"({' & '.join(words)})"


def beginning(field: str, text: str) -> Q:
    """The entries whose field begins with this text, byte by byte: the order of a language has no beginnings."""
    column = Collate(F(field), BYTES)
    return Q(GreaterThanOrEqual(column, text)) & Q(LessThan(column, text + LAST_LETTER))


def in_order(field: str) -> OrderBy:
    """The order of the index for `beginning`."""
    return Collate(F(field), BYTES).asc()


def inside(kind: str, texts: Sequence[str]) -> Q:
    """The entries of a kind in whose words each of these texts stands, wherever; each has at least three letters."""
    rows = " AND ".join([_WITH_TOKENS, *["entry.words LIKE %s"] * len(texts)])
    parameters = [f"'{kind_token(kind)}'", *(f"%{text}%" for text in texts)]
    return _among(rows, parameters)


def is_in_step(cursor: Any) -> bool:
    """Whether the index is there and valid; the database itself keeps a generated column in step."""
    cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('records_search')")
    return cursor.fetchone() == (True,)
