"""Finding customers and products: by key, by the beginning of a name, by words in any form; and only what is one's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.access.scope import request_door
from bekwaam.records import finding
from bekwaam.records.models import Customer, Product, SearchEntry
from bekwaam.records.searching import index
from bekwaam.records.searching.find import find

CUSTOMERS = (
    ("1001", "Hoogwerve Machinebouw B.V.", "Almelo"),
    ("1002", "Van der Pomp Techniek", "Zwolle"),
    ("1003", "De Pompenkoning", "Almelo"),
    ("1004", "Coöperatie Zuivel Noord", "Köln"),
    ("1005", "Müller & Sohn GmbH", "Köln"),
    ("10", "Terwoude Verpakkingslijnen", "Hoogeveen"),
)
PRODUCTS = (
    ("FP-12", "Filterpatroon 12 mm", "Filters"),
    ("FP-120", "Filterpatroon 120 mm", "Filters"),
    ("SP-1", "Slangenpomp FP-12 geschikt", "Pompen"),
    ("K-7", "Kogelklep RVS", "Kleppen"),
)


FORGET = {"sqlite": "DROP TRIGGER records_search_after_update", "postgresql": "DROP INDEX records_search"}


def make_it_forget() -> None:
    """Break what keeps the index in step."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET[connection.vendor])


@pytest.fixture
def records(db: None) -> None:
    customers = [Customer(number=number, name=name, city=city) for number, name, city in CUSTOMERS]
    products = [Product(code=code, description=name, product_group=group) for code, name, group in PRODUCTS]
    for kind, rows in (("customers", customers), ("products", products)):
        type(rows[0]).objects.bulk_create(rows)
        finding.index(kind, rows)


@pytest.fixture
def found(records: None, cast: Any) -> Callable[..., list[str]]:
    """The keys that a colleague finds, customers first."""

    def keys(text: str, who: str = "colleague", **how: Any) -> list[str]:
        return [hit.key for hits in find(text, cast.actor(who), **how) for hit in hits.hits]

    return keys


class TestByKey:
    def test_the_exact_number_comes_before_those_that_begin_with_it(self, found: Any) -> None:
        assert found("10")[:3] == ["10", "1001", "1002"]

    @pytest.mark.parametrize("text", ["FP-12", "fp12", "fp 12", "Fp.12"])
    def test_a_part_number_is_found_however_it_is_written(self, found: Any, text: str) -> None:
        assert found(text) == ["FP-12", "FP-120", "SP-1"]

    def test_the_beginning_of_a_part_number_is_enough(self, found: Any) -> None:
        assert {"FP-12", "FP-120"} <= set(found("fp"))


class TestByName:
    def test_who_begins_with_the_text_comes_first(self, found: Any) -> None:
        assert found("hoog") == ["1001", "10"]

    def test_every_word_counts_in_any_order(self, found: Any) -> None:
        assert found("machinebouw hoogwerve almelo") == ["1001"]
        assert found("machinebouw zwolle") == []

    @pytest.mark.parametrize("text", ["pomp", "pompen", "Pompen"])
    def test_one_and_many_find_each_other(self, found: Any, text: str) -> None:
        assert {"1002", "1003", "SP-1"} <= set(found(text))

    def test_a_group_of_products_finds_its_products_in_singular(self, found: Any) -> None:
        assert found("klep") == ["K-7"]

    def test_accents_make_no_difference(self, found: Any) -> None:
        assert found("cooperatie") == found("Coöperatie") == ["1004"]
        assert found("muller") == found("Mueller") == found("Müller") == ["1005"]

    def test_a_word_inside_a_compound_is_found_when_little_else_is(self, found: Any) -> None:
        assert found("koning") == ["1003"]
        assert "SP-1" in found("pomp")

    def test_one_slip_is_mended_when_nothing_is_found(self, found: Any) -> None:
        assert found("hogwerve") == ["1001"]
        assert found("machinebuow hoogwerve") == ["1001"]

    def test_two_unknown_words_are_not_guessed(self, found: Any) -> None:
        assert found("hogwerve machinebuow") == []

    def test_what_was_typed_is_marked(self, records: None, cast: Any) -> None:
        hit = find("hoog", cast.actor("colleague"))[0].hits[0]
        assert hit.label == [("Hoog", True), ("werve Machinebouw B.V.", False)]
        assert hit.remark == "1001 · Almelo"

    @pytest.mark.parametrize(
        "text", ["", "   ", '"', "*", "AND", "a OR b", "tokens:x", "%", "_", "_customers", "'; --"]
    )
    def test_signs_and_words_of_the_database_are_text(self, found: Any, text: str) -> None:
        assert "FP-120" not in found(text)


class TestReach:
    @pytest.mark.parametrize("who", ["board", "fair_staff", "admin", "outsider", "anonymous"])
    def test_who_may_not_read_customers_finds_none(self, found: Any, who: str) -> None:
        assert found("hoogwerve", who) == []
        assert found("1001", who) == []

    def test_only_what_may_be_read_is_named_and_counted(
        self, found: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from django.db.models import Q

        monkeypatch.setattr(Customer, "reach", classmethod(lambda cls, actor: Q(city="Zwolle")))
        for text in ("10", "e", "techniek", "machinebouw", "pompen", "oogwer", "hogwerve"):
            assert set(found(text, kinds=["customers"])) <= {"1002"}
        [hits] = find("10", cast.actor("colleague"), limit=1, kinds=["customers"])
        assert not hits.has_more

    def test_a_record_that_is_gone_is_not_named(self, found: Any) -> None:
        Customer.objects.filter(number="1001").delete()
        assert found("hoogwerve") == []

    def test_it_works_while_a_request_is_answered(self, found: Any) -> None:
        with request_door():
            assert found("hoogwerve") == ["1001"]


class TestMuch:
    def test_no_more_than_asked_for_of_a_kind(self, records: None, cast: Any) -> None:
        [customers] = find("1", cast.actor("colleague"), limit=2, kinds=["customers"])
        assert (len(customers.hits), customers.has_more) == (2, True)

    def test_the_number_of_questions_does_not_grow(self, records: None, cast: Any) -> None:
        actor = cast.actor("colleague")

        def questions(text: str) -> int:
            with CaptureQueriesContext(connection) as asked:
                find(text, actor)
            return len(asked)

        few = questions("pomp")
        more = [Customer(number=f"9{n:04}", name=f"Pomp {n}") for n in range(300)]
        Customer.objects.bulk_create(more)
        finding.index("customers", more)
        assert questions("pomp") <= few <= 4
        assert questions("zzqx") <= 3


class TestInStep:
    def test_a_new_name_is_found_and_the_old_one_no_longer(self, found: Any) -> None:
        customer = Customer.objects.get(number="1001")
        customer.name = "Laagwerve Staal"
        finding.index("customers", [customer])
        assert found("laagwerve") == ["1001"]
        assert found("machinebouw") == []
        assert index.is_in_step()

    def test_a_change_that_is_taken_back_leaves_the_index_as_it_was(self, found: Any) -> None:
        from django.db import transaction

        with transaction.atomic():
            finding.forget("customers", ["1001"])
            assert found("hoogwerve") == []
            transaction.set_rollback(True)
        assert index.is_in_step()

    def test_whoever_removes_an_entry_the_index_follows(self, found: Any) -> None:
        SearchEntry.objects.filter(object_key="1001").delete()
        assert found("hoogwerve") == []
        assert index.is_in_step()

    def test_an_index_that_lost_its_step_is_noticed(self, records: None) -> None:
        make_it_forget()
        SearchEntry.objects.update(tokens="nonsense")
        assert not index.is_in_step()

    def test_records_and_entries_are_compared(self, records: None) -> None:
        assert finding.strayed() == 0
        SearchEntry.objects.filter(object_key="1001").delete()
        Customer.objects.filter(number="1002").delete()
        Customer.objects.filter(number="1003").update(name="Renamed behind our back")
        assert finding.strayed() == 3

    def test_everything_can_be_written_anew(self, found: Any) -> None:
        make_it_forget()
        SearchEntry.objects.all().delete()
        assert finding.rebuild() == len(CUSTOMERS) + len(PRODUCTS)
        assert (finding.strayed(), index.is_in_step(), found("hoogwerve")) == (0, True, ["1001"])
