"""Text of others that tries to steer a page, a host or an agent."""

from hypothesis import strategies as st

from acg.plan.model import Plan
from tests.report.plan.samples import CREATED, EMPTY, MODEL, STORAGE, at, plan, version

ATTACKS = (
    "a|b",
    "a\\|b",
    "a\\\\|b",
    "`", "``", "a`b``c", "`|`",
    "@octocat", "@org/team", "#123", "!45", "GH-7", "octocat/hello#1", "AB#12", "~label",
    "%milestone", "&epic", "$snippet",
    "https://evil.example/?q=1", "www.evil.example", "mail@evil.example", "<https://evil.example>",
    "[click](https://evil.example)", "![x](https://evil.example/p.png)", "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>", "</details>", "</summary><h1>x", "<!-- acg:plan catalog=galleries -->",
    "<!-- Sticky Pull Request Commentx -->", "-->", "</sub>", "**bold**", "_em_", "# heading",
    "- item", "1. item", "> quote",
    "```", "~~~", "---", "===", "| a | b |", "&lt;b&gt;", "&#64;octocat", "\\`", "a\nb", "a\r\n\r\n## b", "\x1b[31mred",
    "\u202eabc", "\u200b@x", "##vso[task.complete result=Succeeded]", "##[error]x", "::error::x", "/close", ":tada:",
    "{{ x }}", "{% raw %}", "javascript:alert(1)", "4f0d3a9e1b2c", "",
)  # fmt: skip

hostile = st.one_of(
    st.sampled_from(ATTACKS),
    st.text(alphabet="`|\\<>@#!&[]()*_~-=+:/ \nabc1.", max_size=30),
    st.text(max_size=30),
    st.lists(st.sampled_from(ATTACKS), min_size=2, max_size=3).map(" ".join),
)


def hostile_plan(text: str) -> Plan:
    """A plan in which the text stands wherever others have a word."""
    assert STORAGE.proposal
    snippet = STORAGE.proposal.snippets[0]._replace(yaml=f"x: {text}\n", path=("galleries", text))
    place = at(1)._replace(file=text or "f")
    return plan(
        STORAGE._replace(
            resource=version(text, name=text, gallery=text),
            summary=f"changes its description from {text} to {text}",
            why=text,
            before=place,
            after=place,
            proposal=STORAGE.proposal._replace(text=text, snippets=(snippet,), commands=(text,)),
        ),
        CREATED._replace(resource=version(text), summary=text, after=place),
        catalog=text,
        stack=text,
        base=EMPTY.base._replace(name=text),
        head=EMPTY.head._replace(name=text),
        effects=MODEL.effects._replace(
            latest=tuple(
                change._replace(definition=version(text)._replace(definition=text), before=text, region=text)
                for change in MODEL.effects.latest
            ),
            replicas=tuple(
                change._replace(version=version(text), storage_type=text, region=text)
                for change in MODEL.effects.replicas
            ),
        ),
        findings=MODEL.findings._replace(
            new=tuple(one._replace(message=text, title=text, place=place) for one in MODEL.findings.new)
        ),
    )
