"""What only a person can say is asked; the answer is remembered for the next file of the same source."""

from __future__ import annotations

from data_room import DataRoom, line

from bekwaam.workspaces.data.import_report import report

BOTH_WAYS = [line(nth, f"{1 + nth % 12:02d}-{1 + nth // 12 % 12:02d}-2025") for nth in range(30)]


def test_dates_that_read_both_ways_are_asked(room: DataRoom) -> None:
    before = room.state()
    outcome = room.offer(room.file(BOTH_WAYS))
    assert outcome.exit_code == 1
    assert [question["code"] for question in outcome.questions] == ["date_order"]
    assert [choice["value"] for choice in outcome.questions[0]["choices"]] == ["dmy", "mdy"]
    assert room.state() == before
    told = "\n".join(report(outcome))
    assert '{"date_order": {"order_date": "dmy"}}' in told
    assert "Nothing has been stored." in told


def test_an_answer_lets_the_file_in_and_is_remembered(room: DataRoom) -> None:
    answer = {"date_order": {"order_date": "dmy"}}
    first = room.offer(room.file(BOTH_WAYS), mapping=answer)
    assert (first.exit_code, first.rows_imported) == (0, 30)
    assert str(first.last_date) == "2025-03-06"
    later = [line(1000 + nth, f"{1 + nth % 12:02d}-05-2025") for nth in range(12)]
    second = room.offer(room.file(later, name="may.csv"))
    assert (second.exit_code, str(second.first_date), str(second.last_date)) == (0, "2025-05-01", "2025-05-12")


def test_an_answer_to_a_file_that_did_not_go_in_is_not_remembered(room: DataRoom) -> None:
    path = room.file(BOTH_WAYS)
    room.offer(path, mapping={"date_order": {"order_date": "dmy"}}, dry_run=True)
    assert room.offer(path).exit_code == 1


def test_a_missing_column_is_asked_for_by_its_label(room: DataRoom) -> None:
    rows = [["x", "01-02-2025", 5]]
    outcome = room.offer(room.file(rows, headings=("Foo", "Orderdatum", "Bar")))
    assert outcome.exit_code == 1
    assert [question["code"] for question in outcome.questions] == ["which_column"]
    assert "'Revenue'" in outcome.questions[0]["sentence"]


def test_a_column_named_by_hand_answers_for_its_group(room: DataRoom) -> None:
    rows = [[f"S{nth}", f"{13 + nth}-02-2025", "5", "2,50"] for nth in range(5)]
    path = room.file(rows, headings=("Ordernummer", "Orderdatum", "Aantal", "Geld"))
    assert room.offer(path).questions[0]["values"] == {"field": "revenue"}
    outcome = room.offer(path, mapping={"fields": {"unit_price": "Geld"}})
    assert (outcome.exit_code, str(outcome.revenue)) == (0, "62.50")
