"""What a search shows: what can be done, the records, and the questions that answer to the typed words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.frame.numerals import in_words
from bekwaam.frame.palette import Line, Section, actions_for, questions_for, record_pages
from bekwaam.records.searching.find import Hits, find
from bekwaam.records.searching.words import Typed, marked, tokens, typed
from bekwaam.terms.actor import Actor

IN_PALETTE = 6
ON_PAGE = 50


def sections_for(text: str, actor: Actor, *, limit: int, kind: str = "") -> list[Section]:
    """What answers to the text, as far as the actor may see; of one kind of record only, when it is given."""
    pages = record_pages()
    found = find(text, actor, limit=limit, kinds=[kind] if kind else list(pages))
    records = [_records(hits, text) for hits in found if hits.kind in pages]
    if kind:
        return records
    words = typed(text)
    can_do, questions = _answering(actions_for(actor), words), _answering(questions_for(actor), words)
    every = [Section(_("Actions"), can_do), *records, Section(_("Questions"), questions)]
    return [section for section in every if section.lines]


def _records(hits: Hits, text: str) -> Section:
    page = record_pages()[hits.kind]
    lines = [Line(hit.label, page.address(hit.key), remark=hit.remark, is_record=True) for hit in hits.hits]
    more = f"{reverse('search')}?{urlencode({'q': text, 'kind': hits.kind})}" if hits.has_more else ""
    return Section(page.title, lines, more)


def _answering(lines: Sequence[Line], words: Sequence[Typed]) -> list[Line]:
    """The lines in whose title every typed word stands, begun or in another form."""
    return [
        replace(line, pieces=marked(line.title, words))
        for line in lines
        if words and all(_stands_in(word, tokens(line.title)) for word in words)
    ]


def _stands_in(word: Typed, known: Sequence[str]) -> bool:
    return any(token.startswith(word.whole) for token in known) or bool(set(word.stems) & set(known))


def said(text: str, sections: Sequence[Section]) -> str:
    """How much was found, in words; nothing before anything is typed."""
    if not text:
        return ""
    count = sum(len(section.lines) for section in sections)
    if not count:
        return _("Nothing was found for “%(text)s”. Try fewer words, or the beginning of a name.") % {"text": text}
    return ngettext("%(count)s found.", "%(count)s found.", count) % {"count": in_words(count, first=True)}
