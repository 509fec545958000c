"""The word grid in a real JupyterLab in Debian's Chromium, driven as a linguist would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from lab_browser import CHROMIUM, INSTALL, Visit, chromium, lab, write_notebook

from sttprep.notebook.voice import voices

SETUP = """
from sttprep.corpora import Corpus
from sttprep.notebook import WordGrid
from sttprep.words import Word, WordList

words = WordList([
    Word("NCAA", ["N. C. A. A."], "NCAA", 2, ["visits"]),
    Word("hhonors", ["hilton honors", "H. honors"], "HHonors", 1, ["user"]),
    Word("<img src=x onerror=bad=1>", ["image"], "<b>image</b>", 1, ["<i>"]),
    Word("75.00", ["75 dollars"]),
])
corpus = Corpus.from_text("Where is it?\\nThe NCAA met, said <u>the NCAA</u>.\\n", "visits")
grid = WordGrid(words, corpus)
grid
"""
LONG = """
from sttprep.notebook import WordGrid
from sttprep.words import Word, WordList

grid = WordGrid(WordList(Word(f"w{n}", ["one", "two"][: n % 2 + 1]) for n in range(90_000)))
grid
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[tuple[str, Any]]:
    """A JupyterLab with both notebooks, and its folder."""
    if CHROMIUM is None:
        pytest.skip(f"needs Chromium: {INSTALL}")
    folder = tmp_path_factory.mktemp("lab")
    (folder / "work").mkdir()
    write_notebook(folder / "work" / "words.ipynb", SETUP)
    write_notebook(folder / "work" / "long.ipynb", LONG)
    with lab(folder) as url:
        yield url


@pytest.fixture(scope="module")
def browser(address) -> Iterator[Any]:
    """One browser for all visits."""
    with chromium() as started:
        yield started


@pytest.fixture
def visit(browser, address) -> Iterator[Visit]:
    """A page that asked nothing of other machines and complained of nothing."""
    visit = Visit(browser)
    yield visit
    visit.context.close()
    assert visit.leaving() == []
    assert visit.errors == []


def opened(visit: Visit, address: str, name: str) -> Any:
    """The page with the notebook run and its grid drawn."""
    visit.run_all(address, name)
    visit.page.get_by_role("rowheader").first.wait_for()
    return visit.page


def cell(page: Any, word: str, column: str) -> Any:
    """A cell of the grid by its word."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=word))
    return row.locator(f".sp-{column}").first


def test_a_round_of_editing(visit, address):
    """Filter, a wrong sounds-like and a right one, contexts, undo, paste; the kernel has it all."""
    page = opened(visit, address, "words.ipynb")
    status = page.get_by_role("status").filter(has_text="words")
    page.get_by_label("Filter words").fill("ncaa")
    status.get_by_text("1 of 4 words").wait_for()
    page.get_by_label("Filter words").fill("")
    status.get_by_text("4 words", exact=True).wait_for()
    page.get_by_label("Only problems").check()
    status.get_by_text("2 of 4 words").wait_for()
    page.get_by_label("Only problems").uncheck()
    status.get_by_text("4 words", exact=True).wait_for()

    cell(page, "NCAA", "pronunciation").get_by_text("EH N S IY EY EY").wait_for()
    cell(page, "NCAA", "sounds_like").dblclick()
    page.get_by_label("Sounds like of NCAA").fill("N. C. 2 A.")
    message = "Numbers are not allowed in sounds_like. You can try for example 'N. C. two A.'."
    page.locator(".sp-feedback").get_by_text(message).wait_for()
    page.keyboard.press("Enter")
    status.get_by_text("1 not yet valid").wait_for()
    assert cell(page, "NCAA", "sounds_like").get_attribute("aria-invalid") == "true"
    assert visit.python("print(grid.words['NCAA'].sounds_like, grid.drafts)") == (
        "('N. C. A. A.',) {'NCAA': 'N. C. 2 A.'}\n"
    )

    cell(page, "NCAA", "sounds_like").dblclick()
    page.get_by_label("Sounds like of NCAA").fill("N. C. double A.")
    page.locator(".sp-feedback").get_by_text("EH N S IY D AH B AH L EY").wait_for()
    page.keyboard.press("Enter")
    cell(page, "NCAA", "pronunciation").get_by_text("EH N S IY D AH B AH L EY").wait_for()
    line = 'words = words.with_word(Word("NCAA", ["N. C. double A."]))'
    page.locator(".sp-log code").get_by_text(line, exact=True).wait_for()
    page.get_by_role("button", name="Copy", exact=True).click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == line

    page.get_by_role("button", name="Contexts of NCAA").click()
    contexts = page.get_by_role("list", name="Contexts of NCAA")
    contexts.wait_for()
    assert " ".join(contexts.inner_text().split()) == (
        "visits:2 The NCAA met, said <u>the NCAA</u>."
    )
    assert contexts.locator("mark").inner_text() == "NCAA"

    cell(page, "hhonors", "display_as").dblclick()
    page.get_by_label("Display as of hhonors").fill("Honors")
    page.keyboard.press("Enter")
    page.locator(".sp-log code").get_by_text('"Honors"))').wait_for()
    page.get_by_role("button", name="Undo").click()
    page.locator(".sp-log code").get_by_text(line, exact=True).wait_for()
    assert visit.python(
        "print([(w.word, w.sounds_like, w.display_as) for w in grid.words][:2])"
    ) == (
        "[('NCAA', ('N. C. double A.',), 'NCAA'), "
        "('hhonors', ('hilton honors', 'H. honors'), 'HHonors')]\n"
    )
    cell(page, "hhonors", "sounds_like").click()
    page.evaluate("navigator.clipboard.writeText('honors\\tHONORS\\n75 or so\\n')")
    page.keyboard.press("Control+v")
    page.locator(".sp-log code").get_by_text('["honors"], "HONORS"').wait_for()
    assert visit.python("print(grid.drafts)") == "{'<img src=x onerror=bad=1>': '75 or so'}\n"
    check = "exec(grid.code); print(words == grid.words)"
    assert visit.python(check) == "True\n"
    # A spelling that is markup is shown as it is.
    assert cell(page, "<img src=x", "word").inner_text().split("\n")[0] == (
        "<img src=x onerror=bad=1>"
    )
    assert page.evaluate("window.bad") is None


def test_hearing(visit, address):
    """The button plays a WAV file; without a program the grid says what to install."""
    if not voices():
        pytest.skip(f"needs flite or espeak-ng: {INSTALL}")
    page = opened(visit, address, "words.ipynb")
    page.get_by_role("button", name="Hear hilton honors").click()
    page.wait_for_function("document.querySelector('.sp-audio').duration > 0.2")
    kind = page.evaluate(
        """async () => {
            const blob = await (await fetch(document.querySelector('.sp-audio').src)).blob();
            return [blob.type, (await blob.slice(0, 4).text())];
        }"""
    )
    assert kind == ["audio/wav", "RIFF"]
    visit.python("import os; path = os.environ.pop('PATH'); os.environ['PATH'] = ''")
    page.get_by_role("button", name="Hear H. honors").click()
    page.locator(".sp-notice").get_by_text("apt-get install flite").wait_for()


def test_keys_in_a_list_of_90000(visit, address):
    """Only the rows in sight are in the page; keys go everywhere and never reach Lab's commands."""
    page = opened(visit, address, "long.ipynb")
    cell(page, "w3", "word").locator(".sp-text").click()

    def place() -> list[Any]:
        return page.evaluate(
            "(({activeElement: a}) => [Number(a.closest('tr')?.ariaRowIndex),"
            " Number(a.dataset.column)])(document)"
        )

    assert place() == [5, 0]
    for key in ("ArrowDown", "ArrowRight", "End", "ArrowLeft"):
        page.keyboard.press(key)
    assert place() == [6, 5]
    page.keyboard.press("Control+End")
    page.get_by_role("rowheader", name="w89999").wait_for()
    page.wait_for_function("document.activeElement.closest('tr')?.ariaRowIndex === '90001'")
    assert page.locator(".sttprep-words tbody tr").count() < 80
    for key in ("d", "d", "x", "a", "b"):  # delete, cut, insert a notebook cell
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == 1
    page.keyboard.press("Home")
    page.keyboard.press("Delete")
    page.get_by_role("status").get_by_text("89,999 words").wait_for()
    page.keyboard.press("Control+z")
    page.get_by_role("status").get_by_text("90,000 words").wait_for()
    page.get_by_role("button", name="Count").click()
    page.get_by_role("button", name="Word", exact=True).click()
    page.get_by_role("rowheader", name="w10000").wait_for()
    assert page.get_by_role("columnheader", name="Word").get_attribute("aria-sort") == "ascending"
