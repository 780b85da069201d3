"""Reading rendered HTML in tests: its elements, and what the Content-Security-Policy would refuse."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr"}
REFUSED_ATTRIBUTES = ("style", "onclick", "onload", "onchange", "onsubmit", "onerror", "hx-on", "hx-vals", "srcset")


@dataclass
class Element:
    """One element with its attributes and the text directly or deeper inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    parents: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """A page or fragment as a flat list of elements; `unclosed` are tags that do not match."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.unclosed: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        self.unclosed += [element.tag for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(
            tag,
            {name: value or "" for name, value in attrs},
            parents=[above.attributes.get("class", above.tag) for above in self._open],
        )
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.unclosed.append(tag)
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """The elements with this tag and these attributes; `css` is one class, `_` in a name stands for `-`."""
        css = attributes.pop("css", "")
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if (not tag or element.tag == tag)
            and (not css or css in element.attributes.get("class", "").split())
            and all(element.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Element:
        """The only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, (tag, attributes, found)
        return found[0]

    def classes(self) -> set[str]:
        """Every class that is used."""
        return {name for element in self.elements for name in element.attributes.get("class", "").split()}

    def refused(self) -> list[str]:
        """What a browser would not run or show under our Content-Security-Policy, or would fetch from elsewhere."""
        found = []
        for element in self.elements:
            found += [f"{element.tag} {name}" for name in element.attributes if name.startswith(REFUSED_ATTRIBUTES)]
            if element.tag == "style":
                found.append("style")
            if element.tag == "script" and not _may_run(element):
                found.append("inline script")
            found += [
                f"{element.tag} {name}={value}"
                for name, value in element.attributes.items()
                if name in ("src", "href", "action", "hx-get", "data-echarts") and _leads_away(value)
            ]
        return found


def _may_run(script: Element) -> bool:
    is_data = script.attributes.get("type") == "application/json"
    return is_data or (bool(script.attributes.get("src")) and not script.text.strip())


def _leads_away(address: str) -> bool:
    return address.startswith(("http:", "https:", "//", "javascript:", "data:"))
