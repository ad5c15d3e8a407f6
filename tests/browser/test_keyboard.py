"""Everything that a mouse can do, a keyboard can: each page is driven with Tab, Enter, Space and the arrows alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.conftest import SETTLES_WITHIN, settle

#: The element that has the focus: its name, whether the focus is seen on it, and whether something lies over it.
FOCUS = """() => {
    const it = document.activeElement, box = it.getBoundingClientRect(), style = getComputedStyle(it);
    const over = document.elementFromPoint(box.x + Math.min(box.width / 2, 40), box.y + Math.min(box.height / 2, 12));
    return {
        tag: it.tagName, id: it.id,
        name: it.tagName === 'MAIN' ? '' : (it.ariaLabel || it.getAttribute('aria-label') || it.innerText || '').replace(/\\s+/g, ' ').trim(),
        seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none'
            || it.tagName === 'CANVAS' || it.tagName === 'INPUT' || it.role === 'spinbutton',
        obscured: !!over && !it.contains(over) && !over.contains(it) && !over.closest('label, [data-testid=stSelectbox]'),
    };
}"""
MOST_STEPS = 60

#: Where what was marked as `above` comes to rest: its place once twenty frames have not moved it.
AT_REST = """() => new Promise(rest => {
    let last = null, still = 0;
    const look = () => {
        const {top} = above.getBoundingClientRect();
        still = top === last ? still + 1 : 0;
        last = top;
        still < 20 ? requestAnimationFrame(look) : rest(top);
    };
    look();
})"""


def opened(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)


def steps(page: Page, name: str, key: str = "Tab") -> list[dict]:
    """Press a key until the focus is on what is called so; all that had it on the way."""
    passed = []
    while len(passed) < MOST_STEPS:
        page.keyboard.press(key)
        passed.append(page.evaluate(FOCUS))
        if name in passed[-1]["name"]:
            return passed
    raise AssertionError(f"{name} was not reached: {[step['name'][:30] for step in passed]}")


def test_the_focus_goes_through_a_page_in_its_order_is_seen_and_leaves(whole, page):
    opened(page, f"{whole}/initiatives?view=matrix&country=EST")
    first = steps(page, "Skip to main content")
    assert len(first) == 1
    passed = first + steps(page, "All initiatives")
    names = [step["name"] for step in passed]
    order = [
        "Skip to main content", "Overview", "Initiatives", "Aid", "Systems", "Timeline", "Country", "Evidence",
        "Articles only", "Map", "Bound by signature", "More", "Table", "Picture", "Data", "Share", "Evidence of a mark", "All initiatives",
    ]  # fmt: skip
    places = [next(place for place, name in enumerate(names) if words in name) for words in order[:-10]]
    places += [
        next(place for place, name in enumerate(names) if words in name and place > places[-1]) for words in order[-10:]
    ]
    assert places == sorted(places)
    for step in passed:
        assert step["seen"] or step["tag"] == "MAIN", step
        assert not step["obscured"] or step["tag"] == "MAIN", step
    page.keyboard.press("Tab")  # nothing holds the focus: it leaves the page behind the last control
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") in ("BODY", "A")


def test_what_gets_the_focus_comes_out_from_under_the_header(whole, page):
    """A browser leaves what is in sight where it is, and does not know what floats over it."""
    page.set_viewport_size({"width": 1280, "height": 500})
    opened(page, f"{whole}/initiatives?view=matrix")
    steps(page, "Share")
    page.keyboard.press("Shift+Tab")
    page.evaluate("window.above = document.activeElement")
    page.keyboard.press("Tab")
    main = page.get_by_test_id("stMain")
    main.evaluate("it => it.scrollBy({top: above.getBoundingClientRect().top - 10, behavior: 'instant'})")
    assert abs(page.evaluate("above.getBoundingClientRect().top") - 10) < 2, "the page can be scrolled so far"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement === above")
    assert page.evaluate(AT_REST) > 40
    assert not page.evaluate(FOCUS)["obscured"]


def test_the_evidence_of_a_mark_is_reached_from_its_list(whole, page):
    opened(page, f"{whole}/initiatives?view=matrix&country=EST")
    steps(page, "Evidence of a mark")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_text("Evidence: Estonia").wait_for()
    settle(page)
    box = page.get_by_role("dialog").inner_text()
    assert "Evidence: Estonia" in box and "grade" in box
    steps(page, "This claim")
    page.keyboard.press("Enter")
    page.wait_for_url("**/evidence?claim=*")


def test_the_evidence_of_a_row_is_reached_in_its_table(whole, page):
    opened(page, f"{whole}/initiatives?view=matrix&country=EST")
    steps(page, "Table")
    page.keyboard.press("Enter")
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    settle(page)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "CANVAS":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.get_by_text("Evidence: Estonia")).to_be_visible(timeout=1000 * SETTLES_WITHIN)


def test_the_bar_is_passed_and_a_filter_a_switch_and_a_page_are_changed(whole, page):
    opened(page, f"{whole}/initiatives")
    steps(page, "Skip to main content")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "stMain"
    steps(page, "Map")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_url("**/initiatives?view=matrix")
    settle(page)
    steps(page, "Bound by signature")
    page.keyboard.press("Space")
    page.wait_for_url("**/initiatives?view=matrix&reading=strict")
    settle(page)
    steps(page, "Aid", key="Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/aid")


def test_the_link_and_the_files_of_a_view_are_reached_and_left(whole, page, record):
    opened(page, f"{whole}/initiatives?view=overlap&evidence=articles")
    steps(page, "Share")
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="Link").wait_for()
    settle(page)
    steps(page, "Link")
    steps(page, "/initiatives?view=overlap")  # the text of the link; its button to copy is for mice
    steps(page, "Link", key="Shift+Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settle(page)
    steps(page, "CSV")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == f"two-shields-initiatives-overlap-{record.data_version}.csv"
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Files").wait_for(state="hidden")
    assert "Share" in page.evaluate(FOCUS)["name"]
