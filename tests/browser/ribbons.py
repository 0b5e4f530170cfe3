"""Pictures that hang on a sentence which its cell has since set otherwise."""
from labpage import LabPage
from labserver import notebook

BOOK = "ribbons.ipynb"
CELLS = ['sentence "The cat sat because it was tired"', "look it",
         'sentence "The dog ran home"\nlook dog']


def ribbons(report, lab, browser):
    lab.write(BOOK, notebook(CELLS))
    tab = LabPage(browser, lab, BOOK)
    tab.run_all()
    mark = tab.page.locator(".attn-ribbon")
    report.check("ribbon: running all cells marks nothing", mark.count() == 0, mark.count())
    tab.run_all()
    tab.page.wait_for_timeout(500)
    report.check("ribbon: nor does running them again", mark.count() == 0, mark.count())
    tab.retype(tab.code_cells().nth(0), 'sentence "The bird sang because it was tired"')
    mark.first.wait_for(timeout=15000)
    tab.page.wait_for_timeout(500)
    second = tab.code_cells().nth(1)
    report.check("ribbon: another sentence marks the picture that hung on it",
                 mark.count() == 1 and second.locator(".attn-ribbon").inner_text()
                 == "of an earlier sentence: run again", mark.all_inner_texts())
    report.check("ribbon: which still shows what it showed, alive",
                 "cat" in second.locator(".jp-OutputArea").inner_text()
                 and tab.pictures(second).count() == 1)
    report.shoot(tab.page, "ribbon")
    tab.retype(second, "look it")
    report.check("ribbon: run again, it is gone", mark.count() == 0
                 and "bird" in second.locator(".jp-OutputArea").inner_text())
    faults = [f for f in tab.faults if "Failed to load resource" not in f]
    report.check("ribbon: no error on the console", not faults, faults[:2])
    tab.close()
