"""All that differs between the databases a ledger can live in: opening, upserts, full-text search, locks, error words."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.dialects import postgresql, sqlite

from trucewatch.errors import StoreError

LOCK_KEY = 7_282_401
WRITES = "trucewatch_writes"
MOST_RANKED = 10_000


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Folded words side by side; `is_small`: where they are written without a capital."""

    words: str
    is_small: bool = False

    @property
    def column(self) -> str:
        """The column of the sentences to search."""
        return "small" if self.is_small else "words"


class Dialect(Protocol):
    """What a database must offer to hold a ledger."""

    name: str
    search_ddl: tuple[str, ...]

    def make_engine(self, url: str) -> sa.Engine:
        """An engine with this database's settings."""
        ...

    def prepare(self, engine: sa.Engine) -> None:
        """Settle, before the first table, what stays with the database."""
        ...

    def upsert(self, table: sa.Table) -> Any:
        """An insert that overwrites the row of the same id."""
        ...

    def search(self, conn: sa.Connection, words: str, limit: int) -> list[str]:
        """Ids of the documents that hold all the words, best first."""
        ...

    def matching(self, words: str) -> sa.TextClause | None:
        """A SELECT of the ids (as `id`) of the documents that hold all the words, in no order; None for no words."""
        ...

    def text_holds(self, words: str, document: str) -> sa.TextClause | None:
        """The condition that the document of this id (an SQL column) holds all the words; None for no words."""
        ...

    def sentences_with(self, phrases: Sequence[Phrase], most: int | None = None) -> sa.TextClause:
        """A SELECT of the claims (as `id`) whose sentences hold all the phrases, at least one, in no order; at most so many."""
        ...

    def sentence_holds(self, phrases: Sequence[Phrase], claim: str) -> sa.TextClause:
        """The condition that the sentence of the claim of this id (an SQL column) holds all the phrases, at least one."""
        ...

    def locked(self, engine: sa.Engine, wait_s: float, on_wait: Callable[[], None]) -> AbstractContextManager[None]:
        """A context that one writer holds at a time; StoreError after `wait_s` seconds in vain."""
        ...

    def scrub(self, engine: sa.Engine) -> None:
        """Overwrite what deleted and changed rows have left in the database's files and indexes."""
        ...


@cache
def _overwrite(insert_into: Callable[[sa.Table], Any], table: sa.Table) -> Any:
    insert = insert_into(table)
    columns = {c.name: insert.excluded[c.name] for c in table.columns if c.name not in ("id", "sequence")}
    return insert.on_conflict_do_update(index_elements=["id"], set_=columns)


def _busy(where: str, wait_s: float) -> StoreError:
    return StoreError(f"another trucewatch is writing to {where}, and did not finish in {wait_s:.0f} s: wait for it, or stop it")


SENTENCES_DDL: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "CREATE VIRTUAL TABLE sentences_search USING fts5("
        "words, small, content='sentences', content_rowid='number', tokenize='unicode61 remove_diacritics 0')",
        "CREATE TRIGGER sentences_search_put AFTER INSERT ON sentences BEGIN "
        "INSERT INTO sentences_search(rowid, words, small) VALUES (new.number, new.words, new.small); END",
        "CREATE TRIGGER sentences_search_cut AFTER DELETE ON sentences BEGIN "
        "INSERT INTO sentences_search(sentences_search, rowid, words, small) "
        "VALUES ('delete', old.number, old.words, old.small); END",
    ),
    # arrays of words, for the server's own parser would cut them by its locale
    "postgresql": tuple(
        f"CREATE INDEX sentences_{column} ON sentences USING gin (string_to_array({column}, ' '))"
        for column in ("words", "small")
    ),
}


class SqliteDialect:
    """One file in WAL mode: many readers while one run writes."""

    name = "sqlite"
    search_ddl: tuple[str, ...] = (
        "CREATE VIRTUAL TABLE readings_search USING fts5("
        "title, text, content='readings', content_rowid='sequence', tokenize='unicode61 remove_diacritics 2')",
        "CREATE TRIGGER readings_search_put AFTER INSERT ON readings BEGIN "
        "INSERT INTO readings_search(rowid, title, text) VALUES (new.sequence, new.title, new.text); END",
        "CREATE TRIGGER readings_search_cut AFTER DELETE ON readings BEGIN "
        "INSERT INTO readings_search(readings_search, rowid, title, text) "
        "VALUES ('delete', old.sequence, old.title, old.text); END",
        "CREATE TRIGGER readings_search_set AFTER UPDATE ON readings BEGIN "
        "INSERT INTO readings_search(readings_search, rowid, title, text) "
        "VALUES ('delete', old.sequence, old.title, old.text); "
        "INSERT INTO readings_search(rowid, title, text) VALUES (new.sequence, new.title, new.text); END",
        *SENTENCES_DDL["sqlite"],
    )

    def make_engine(self, url: str) -> sa.Engine:
        engine = sa.create_engine(url, connect_args={"timeout": 30})

        @sa.event.listens_for(engine, "connect")
        def _set_up(connection: Any, _: Any) -> None:
            # the driver's own way begins no transaction before a SELECT or a CREATE: half a table would survive a kill
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.close()

        @sa.event.listens_for(engine, "begin")
        def _begin(conn: sa.Connection) -> None:
            is_writer = conn.get_execution_options().get(WRITES)
            if is_writer:
                # the default of 2 MB is full after a few hundred rows, and what is full is written again and again
                conn.exec_driver_sql("PRAGMA cache_size=-65536")
            conn.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")

        return engine

    def prepare(self, engine: sa.Engine) -> None:
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode=WAL")
        finally:
            connection.close()

    def upsert(self, table: sa.Table) -> Any:
        return _overwrite(sqlite.insert, table)

    def search(self, conn: sa.Connection, words: str, limit: int) -> list[str]:
        query = self._query(words)
        if not query:
            return []
        rows = conn.execute(
            sa.text(
                # what very many hold is ranked among the latest of them: to rank a million takes half a minute
                f"SELECT readings.id FROM (SELECT rowid AS number, rank AS place FROM readings_search "
                f"WHERE readings_search MATCH :query ORDER BY rowid DESC LIMIT {MOST_RANKED}) AS found "
                "JOIN readings ON readings.sequence = found.number ORDER BY found.place, readings.id LIMIT :most"
            ),
            {"query": query, "most": limit},
        )
        return [row[0] for row in rows]

    @staticmethod
    def _query(words: str) -> str:
        # every word quoted: what the user types is never read as query syntax; a NUL would end it
        return " ".join('"' + word.replace('"', '""') + '"' for word in words.replace("\0", " ").split())

    def matching(self, words: str) -> sa.TextClause | None:
        query = self._query(words)
        if not query:
            return None
        return sa.text(
            "SELECT readings.id FROM readings_search JOIN readings ON readings.sequence = readings_search.rowid "
            "WHERE readings_search MATCH :words"
        ).bindparams(words=query)

    def text_holds(self, words: str, document: str) -> sa.TextClause | None:
        query = self._query(words)
        if not query:
            return None
        # crossed: the row first, which the search is then asked of alone
        return sa.text(
            "EXISTS (SELECT 1 FROM readings CROSS JOIN readings_search ON readings_search.rowid = readings.sequence "
            f"WHERE readings.id = {document} AND readings_search MATCH :words)"
        ).bindparams(sa.bindparam("words", query, unique=True))

    def sentence_holds(self, phrases: Sequence[Phrase], claim: str) -> sa.TextClause:
        return sa.text(
            "EXISTS (SELECT 1 FROM sentences CROSS JOIN sentences_search ON sentences_search.rowid = sentences.number "
            f"WHERE sentences.claim_id = {claim} AND sentences_search MATCH :phrases)"
        ).bindparams(sa.bindparam("phrases", self._match(phrases), unique=True))

    @staticmethod
    def _match(phrases: Sequence[Phrase]) -> str:
        return " AND ".join(f'{phrase.column} : "{phrase.words}"' for phrase in phrases)

    def sentences_with(self, phrases: Sequence[Phrase], most: int | None = None) -> sa.TextClause:
        return sa.text(
            "SELECT sentences.claim_id AS id FROM sentences_search JOIN sentences ON sentences.number = sentences_search.rowid "
            # the limit keeps the search by itself, run once: merged into what is asked, it might be run for every row
            f"WHERE sentences_search MATCH :phrases LIMIT {-1 if most is None else most}"
        ).bindparams(sa.bindparam("phrases", self._match(phrases), unique=True))

    @contextmanager
    def locked(self, engine: sa.Engine, wait_s: float, on_wait: Callable[[], None]) -> Iterator[None]:
        path = Path(f"{engine.url.database}.lock")
        lock = FileLock(str(path))
        try:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                on_wait()
                lock.acquire(timeout=wait_s)
        except Timeout as err:
            raise _busy(str(engine.url.database), wait_s) from err
        except OSError as err:
            raise StoreError(f"the lock {path} cannot be made: {err.strerror or err}. Is the folder there and writable?") from err
        try:
            yield
        finally:
            lock.release()

    def scrub(self, engine: sa.Engine) -> None:
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            # the search index keeps the words of old rows until it is rebuilt, the file its free pages until it is rewritten
            for table in ("readings_search", "sentences_search"):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


class PostgresDialect:
    """A server for a team: the same tables, an advisory lock in place of a lock file."""

    name = "postgresql"
    search_ddl: tuple[str, ...] = (
        "CREATE INDEX readings_search ON readings USING gin "
        "(to_tsvector('simple', left(coalesce(title, '') || ' ' || coalesce(text, ''), 500000)))",
        *SENTENCES_DDL["postgresql"],
    )

    def make_engine(self, url: str) -> sa.Engine:
        return sa.create_engine(url, pool_pre_ping=True)

    def prepare(self, engine: sa.Engine) -> None:
        """Nothing: the server is settled by whoever runs it."""

    def upsert(self, table: sa.Table) -> Any:
        return _overwrite(postgresql.insert, table)

    def search(self, conn: sa.Connection, words: str, limit: int) -> list[str]:
        vector = "to_tsvector('simple', left(coalesce(title, '') || ' ' || coalesce(text, ''), 500000))"
        rows = conn.execute(
            sa.text(
                f"SELECT id FROM readings WHERE {vector} @@ plainto_tsquery('simple', :words) "
                f"ORDER BY ts_rank({vector}, plainto_tsquery('simple', :words)) DESC, id LIMIT :most"
            ),
            {"words": words, "most": limit},
        )
        return [row[0] for row in rows]

    def matching(self, words: str) -> sa.TextClause | None:
        if not words.strip():
            return None
        vector = "to_tsvector('simple', left(coalesce(title, '') || ' ' || coalesce(text, ''), 500000))"
        query = sa.text(f"SELECT id FROM readings WHERE {vector} @@ plainto_tsquery('simple', :words)")
        # the server's text holds no NUL
        return query.bindparams(words=words.replace("\0", " "))

    def text_holds(self, words: str, document: str) -> sa.TextClause | None:
        if not words.strip():
            return None
        vector = "to_tsvector('simple', left(coalesce(title, '') || ' ' || coalesce(text, ''), 500000))"
        query = (
            f"EXISTS (SELECT 1 FROM readings WHERE readings.id = {document} AND {vector} @@ plainto_tsquery('simple', :words))"
        )
        return sa.text(query).bindparams(sa.bindparam("words", words.replace("\0", " "), unique=True))

    def sentences_with(self, phrases: Sequence[Phrase], most: int | None = None) -> sa.TextClause:
        end = "" if most is None else f" LIMIT {most}"
        return self._sentences("SELECT claim_id AS id FROM sentences WHERE", phrases, end)

    def sentence_holds(self, phrases: Sequence[Phrase], claim: str) -> sa.TextClause:
        return self._sentences(f"EXISTS (SELECT 1 FROM sentences WHERE sentences.claim_id = {claim} AND", phrases, ")")

    @staticmethod
    def _sentences(begin: str, phrases: Sequence[Phrase], end: str = "") -> sa.TextClause:
        conditions: list[str] = []
        values: list[sa.BindParameter[str]] = []
        for number, phrase in enumerate(phrases):
            tokens = phrase.words.split()
            conditions.append(f"string_to_array(sentences.{phrase.column}, ' ') @> string_to_array(:all_{number}, ' ')")
            # unique, for two such queries may stand in one
            values.append(sa.bindparam(f"all_{number}", phrase.words, unique=True))
            if len(tokens) > 1:
                conditions.append(f"strpos(' ' || sentences.{phrase.column} || ' ', :row_{number}) > 0")
                values.append(sa.bindparam(f"row_{number}", f" {phrase.words} ", unique=True))
        return sa.text(f"{begin} {' AND '.join(conditions)}{end}").bindparams(*values)

    @contextmanager
    def locked(self, engine: sa.Engine, wait_s: float, on_wait: Callable[[], None]) -> Iterator[None]:
        deadline = time.monotonic() + wait_s
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            told = False
            while not conn.execute(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK_KEY}).scalar():
                if not told:
                    on_wait()
                    told = True
                if time.monotonic() >= deadline:
                    raise _busy(str(engine.url.render_as_string(hide_password=True)), wait_s)
                time.sleep(0.2)
            try:
                yield
            finally:
                conn.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK_KEY})

    def scrub(self, engine: sa.Engine) -> None:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            conn.execute(sa.text("VACUUM FULL"))


_DIALECTS: Mapping[str, Dialect] = {"sqlite": SqliteDialect(), "postgresql": PostgresDialect()}


def dialect_of(url: sa.URL) -> Dialect:
    """The dialect of a database address. Raises StoreError for a database that holds no ledgers."""
    name = url.get_backend_name()
    if name not in _DIALECTS:
        raise StoreError(f"a ledger cannot live in {name!r}: give a file, or postgresql://USER@HOST/DATABASE")
    return _DIALECTS[name]


def url_of(place: str | os.PathLike[str]) -> sa.URL:
    """Database address of a file path or a URL. Raises StoreError where it makes no sense."""
    text = os.fspath(place)
    if "://" not in text:
        return sa.URL.create("sqlite", database=text)
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError) as err:
        raise StoreError(f"{text!r} is no database address: give a file, or postgresql://USER@HOST/DATABASE") from err
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def explain(err: sa.exc.SQLAlchemyError | ImportError, where: str) -> StoreError:
    """A database's error as one that says what to do."""
    text = str(getattr(err, "orig", None) or err)
    where = where.removeprefix("sqlite:///")
    hints: Sequence[tuple[str, str]] = (
        ("locked", "another program is writing to it: wait for it to end and run again"),
        (
            "not a database",
            f"it is no ledger, or a damaged one: `trucewatch doctor --store {where}` says what can be done. Or name another file",
        ),
        (
            "malformed",
            f"it is damaged: `trucewatch doctor --store {where}` says what is wrong, and with --rebuild makes it anew",
        ),
        ("disk is full", "free some space and run the same command again: nothing read so far is lost"),
        ("disk I/O", "the disk failed or is full. Free space and run the same command again"),
        ("readonly", "there is no permission to write it"),
        ("unable to open", "the folder is missing or may not be written"),
        ("psycopg", "install trucewatch[postgresql]"),
        ("onnection", "is the server running, and do the name and password fit?"),
    )
    advice = next((hint for words, hint in hints if words in text), "see the message of the database above")
    return StoreError(f"the ledger {where} cannot be used: {text.strip().splitlines()[0] if text.strip() else err}: {advice}")
