"""Each line of a page's code has a box of its own and stays the text that it was."""

import re

from hypothesis import given
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from companion.site import lines

CODE = st.text(st.sampled_from("ab_ ()=.,\"'#\n1"), max_size=80)


def without_tags(html):
    return re.sub("<[^>]*>", "", html)


@given(CODE)
def test_boxes_leave_the_text_and_have_a_line_each(code):
    html = highlight(code, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    boxed = lines.boxed(html)
    assert without_tags(boxed) == without_tags(html)
    assert boxed.count('<span class="line"') == len(html.splitlines())
    for line in re.findall('<span class="line".*?\n</span>(?=<span class="line"|$)', boxed, re.DOTALL):
        assert line.count("<span") == line.count("</span>")


def test_a_box_says_how_far_its_line_is_indented():
    html = highlight("if a:\n    b()\n", PythonLexer(), HtmlFormatter(nowrap=True))
    first, second = re.findall(r'<span class="line"( style="--in:\d+")?>', lines.boxed(html))
    assert (first, second) == ("", ' style="--in:4"')


def test_only_python_is_boxed():
    code = '<div class="highlight"><pre><span></span>a\n</pre></div></div>'
    page = f'<div class="highlight-python notranslate">{code}<div class="output highlight-myst-ansi notranslate">{code}'
    context = {"body": page}
    lines.on_page(None, "", "", context, None)
    boxed = context["body"]
    assert boxed.count('class="line"') == 1
    assert boxed.index('class="line"') < boxed.index("myst-ansi")
