"""The addresses of one kind of record. Each operation says which action it needs; a test reads that.

customers = Resource("customers")

@customers.listing("/customers", needs="customers.read", name="api_customers", response=list[CustomerOut],
                   order=("number",))
def all_customers(request): ...
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ninja import Router
from ninja.decorators import decorate_view
from ninja.pagination import CursorPagination, paginate

from bekwaam.access.policy import actions
from bekwaam.frame.rest.door import SessionDoor, TokenDoor
from bekwaam.frame.rest.once import once
from bekwaam.frame.rest.tags import matched, tagged

View = Callable[..., Any]
PAGE_SIZE: Final = 50
LARGEST_PAGE: Final = 500


class Resource:
    """A router whose operations have doors."""

    def __init__(self, tag: str) -> None:
        self.router = Router(tags=[tag])
        self.needed: dict[tuple[str, str], str] = {}

    def listing(
        self, path: str, *, needs: str, name: str, response: Any, order: tuple[str, ...] = ("pk",)
    ) -> Callable[[View], View]:
        """GET of many, page by page; the view returns rows that can be ordered by `order`, whose first is unique."""

        def add(view: View) -> View:
            pages = paginate(CursorPagination, ordering=order, page_size=PAGE_SIZE, max_page_size=LARGEST_PAGE)
            return self._add("GET", path, needs, name, response=response)(pages(view))

        return add

    def one(self, path: str, *, needs: str, name: str, response: Any) -> Callable[[View], View]:
        """GET of one, with its tag."""
        return self._add("GET", path, needs, name, response=response, around=tagged)

    def make(self, path: str, *, needs: str, name: str, response: Any) -> Callable[[View], View]:
        """POST, done once for each Idempotency-Key."""
        return self._add("POST", path, needs, name, response=response, around=once)

    def change(self, path: str, *, needs: str, name: str, response: Any) -> Callable[[View], View]:
        """PATCH of one that still stands as If-Match says."""
        return self._add("PATCH", path, needs, name, response=response, around=matched(needs))

    def remove(self, path: str, *, needs: str, name: str) -> Callable[[View], View]:
        """DELETE of one that still stands as If-Match says; it goes to the trash."""
        return self._add("DELETE", path, needs, name, response={204: None}, around=matched(needs))

    def _add(self, method: str, path: str, needs: str, name: str, **how: Any) -> Callable[[View], View]:
        if needs not in actions():
            raise KeyError(f"no such action: {needs}")
        self.needed[name, method] = needs
        around = how.pop("around", None)

        def add(view: View) -> View:
            doors = [TokenDoor(needs), SessionDoor(needs)]
            operation = self.router.api_operation([method], path, auth=doors, url_name=name, **how)(view)
            return decorate_view(around)(operation) if around else operation

        return add
