"""The style of paper: the light screens' look at the size of print."""

from __future__ import annotations

from planner.reports.fonts import STACK
from planner.reports.palette import CARD, GRID, INK, LINE, MUTED, TEXT, UNDER

RULES = f"""
@page{{size:A4 landscape;margin:10mm 12mm 11mm;
  @bottom-left{{content:string(origin);font:8px {STACK};color:{MUTED}}}
  @bottom-right{{content:counter(page) " / " counter(pages);font:8px {STACK};color:{MUTED}}}}}
body{{font:10.5px/1.32 {STACK};color:{TEXT};margin:0;font-variant-numeric:tabular-nums}}
h1{{font-size:1.8em;font-weight:600;color:{INK};margin:0}}
h2{{font-size:1.14em;font-weight:600;color:{INK};margin:0 0 1px}}
p{{margin:1px 0;color:{MUTED}}} .origin{{string-set:origin content();position:absolute;font-size:0}}
.say{{font-size:1.28em;line-height:1.35;color:{INK};margin:4px 0 6px}} .say b,.foot b{{font-weight:600}}
.bad{{color:{UNDER}}} .say .bad{{font-weight:600}}
table{{border-collapse:collapse;width:100%}}
td,th{{text-align:end;padding:.22em .48em;border-bottom:.6px solid {GRID};font-weight:400;
  vertical-align:middle}}
th{{color:{MUTED};border-bottom-color:{LINE};vertical-align:bottom}} thead{{display:table-header-group}}
tr{{break-inside:avoid}} .l{{text-align:start}} .s{{color:{INK};font-weight:600}}
.n{{direction:ltr;white-space:nowrap}}
small{{color:{MUTED};font-size:.84em;font-weight:400}} td svg{{vertical-align:middle}}
.cells td{{white-space:nowrap;border:1.2px solid {CARD};
  padding:.15em .28em;text-align:center;background-clip:padding-box}}
.cells td.l{{text-align:start;padding-inline-start:0;color:{INK};white-space:nowrap}}
.cells th{{text-align:center;border:0;padding:.1em .2em}} .cells small{{font-size:.73em;color:inherit}}
.two{{display:flex;gap:24px;margin-top:.65em}} .two>div{{flex:1 1 0;min-width:0}}
.block{{margin-top:.65em}} .block:first-child{{margin-top:0}}
.foot{{margin-top:.35em;font-size:.82em;line-height:1.3}}
.strips{{width:auto}} .strips td{{border:0;padding:0 4px;line-height:0}}
.strips .name{{line-height:1.2;color:{TEXT};text-align:end;max-width:260px}}
.under{{display:block;line-height:1.15}}
.page{{break-after:page}} .page:last-child{{break-after:auto}}
"""


def alone(width: float, height: float) -> str:
    """The rules of a document that is one drawing of that size in pixels."""
    bare = "@bottom-left{content:none}@bottom-right{content:none}"
    return f"@page{{size:{width:g}px {height:g}px;margin:8px;{bare}}}"
