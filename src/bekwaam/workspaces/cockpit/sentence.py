"""A sentence with named places, once as plain text and once with its figures as links to the records behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bekwaam.frame.numerals import capital


@dataclass(frozen=True)
class Phrase:
    """A piece of a sentence; with `route` it is a door to its records."""

    text: str
    route: str = ""
    query: str = ""

    def html(self) -> SafeString:
        """The phrase as a link, or as text where it leads nowhere."""
        if not self.route:
            return format_html("{}", self.text)
        return format_html('<a href="{}{}">{}</a>', reverse(self.route), self.query, self.text)


@dataclass(frozen=True)
class Sentence:
    """A sentence: a template and the phrases that fill it, and what is said after it."""

    template: str
    phrases: dict[str, Phrase]
    remarks: tuple[str, ...] = ()

    def followed_by(self, remark: str) -> Sentence:
        """The same sentence with a whole sentence behind it."""
        return replace(self, remarks=(*self.remarks, remark))

    def plain(self) -> str:
        """The sentence as text."""
        told = capital(self.template % {name: phrase.text for name, phrase in self.phrases.items()})
        return " ".join([told, *self.remarks])

    def html(self) -> SafeString:
        """The sentence with its figures as links."""
        filled = {name: phrase.html() for name, phrase in self.phrases.items()}
        # The template is our own translated text; every phrase was escaped by `format_html`.
        told = mark_safe(_capital_html(self.template % filled))  # noqa: S308
        return format_html_join(" ", "{}", ((part,) for part in (told, *self.remarks)))


def _capital_html(text: str) -> str:
    start = text.find(">") + 1 if text.startswith("<") else 0
    return text[:start] + capital(text[start:])
