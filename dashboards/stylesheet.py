"""The stylesheet of every page; colours arrive as CSS variables named after the palette's fields."""

from __future__ import annotations

from dataclasses import asdict

from dashboards.palette import Palette

FONT = (
    "'IBM Plex Sans','IBM Plex Sans Arabic','IBM Plex Sans Hebrew','IBM Plex Sans Thai',"
    "'IBM Plex Sans Devanagari','Noto Sans CJK JP','Noto Sans',sans-serif"
)

RULES = """
.stApp{background:var(--page)}
.stMainBlockContainer{max-width:1320px;padding:2.4rem 2.2rem 2.5rem}
[data-testid=stHeader]{background:transparent;height:2.2rem}
[data-testid=stHeader],[data-testid=stHeader] *{pointer-events:none}
[data-testid=stHeader] button,[data-testid=stHeader] button *{pointer-events:auto}
[data-testid=stSidebarNav] a span{font-size:13.5px}
[data-testid=stNavSectionHeader]{font-size:11px;letter-spacing:.07em;text-transform:uppercase;opacity:.65}
[class*=st-key-card-]{background:var(--card);border:1px solid var(--line);border-radius:6px;
  padding:14px 16px 12px!important;gap:.4rem}
[class*=st-key-head-] [data-testid=stHorizontalBlock]{gap:.5rem}
[class*=st-key-top-]{flex-wrap:nowrap!important}
[class*=st-key-top-]>div:first-child{flex:1 1 0;min-width:0}
[class*=st-key-csv-] button{white-space:nowrap;min-height:0;padding:0 2px;color:var(--muted);font-size:12px}
[class*=st-key-csv-] button p{font-size:12px}
.t h1{font-size:24px;font-weight:600;letter-spacing:-.01em;color:var(--ink);margin:0;padding:0;
  line-height:1.25}
.t p{font-size:13px;color:var(--muted);margin:2px 0 0}
.say{font-size:19px;line-height:1.42;color:var(--ink);max-width:62em;margin:2px 0 4px;letter-spacing:-.005em}
.say b{font-weight:600} .bad{color:var(--under)} .say .bad,.tell .bad{font-weight:600}
.tell{font-size:14px;line-height:1.45;color:var(--ink);margin:4px 0 2px} .tell b{font-weight:600}
.q b{font-size:15px;font-weight:600;color:var(--ink)}
.q span{display:block;font-size:12.5px;color:var(--muted)}
.foot{font-size:12px;color:var(--muted);margin-top:2px;line-height:1.45}
table.w{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums;color:var(--text)}
table.w th{font-weight:400;font-size:12px;color:var(--muted);text-align:right;padding:4px 8px;
  border-bottom:1px solid var(--line);vertical-align:bottom;white-space:nowrap}
table.w td{padding:6px 8px;border-bottom:1px solid var(--grid);text-align:right;white-space:nowrap}
table.w tr:last-child td{border-bottom:0}
table.w .l{text-align:left;white-space:normal} table.w td.s{color:var(--ink);font-weight:600}
table.w td.s small{font-weight:400}
table.w small.under{display:block}
table.w img.spark{vertical-align:middle;margin:0}
table.w small{color:var(--muted);font-size:12px} table.w td.bad{color:var(--under)}
table.cells td{padding:0 2px 2px 0;border:0} table.cells td.l{padding-right:10px;color:var(--ink)}
table.cells:not(.fixed) td.l{white-space:nowrap}
table.cells th{border:0;text-align:center;line-height:1.25} table.fixed{table-layout:fixed}
table.fixed th{white-space:normal;font-size:10.5px;padding:4px 0;hyphens:auto;overflow-wrap:anywhere}
table.cells span.v{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;max-height:170px}
.c{display:block;height:26px;line-height:26px;border-radius:2px;text-align:center;font-size:12px;
  background:var(--nothing);color:var(--muted)}
.c.blank{background:transparent}
.c.two{height:34px;line-height:16px;padding-top:2px}
.c.two small{display:block;font-size:10.5px;line-height:13px;font-weight:400;opacity:.85}
.stem{display:block;background:var(--forecast);border-radius:1px;margin:0 32%}
.stem-n{display:block;font-size:12px;color:var(--muted);text-align:center}
.kpi{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));border:1px solid var(--line);
  border-radius:6px;background:var(--card);overflow:hidden}
.kpi div{padding:11px 16px 10px;border-left:1px solid var(--grid);margin-left:-1px}
.kpi i,.kpi em{font-style:normal;font-size:12.5px;color:var(--muted);display:block}
.kpi b{font-size:25px;font-weight:600;color:var(--ink);letter-spacing:-.015em;
  font-variant-numeric:tabular-nums}
.kpi b.bad{color:var(--under)}
div.key{font-size:12px;color:var(--muted);display:flex;gap:2px 16px;flex-wrap:wrap;margin:2px 0}
div.key s{text-decoration:none;display:inline-block;width:12px;height:12px;border-radius:2px;margin-right:5px;
  vertical-align:-2px}
div.key s.hollow{background:var(--card)!important;border:1.5px solid;box-sizing:border-box}
div.key s.ln{height:0;border-top:2px solid;width:18px;border-radius:0;vertical-align:3px}
div.key s.dots{border-top-style:dotted}
.state{padding:26px 8px;text-align:center;color:var(--muted);font-size:13px}
.state b{display:block;color:var(--ink);font-size:15px;margin-bottom:4px}
[class*=st-key-slid-] [data-testid=stSliderThumbValue]{display:none}
.plan{font-size:12px;line-height:1.5;opacity:.8} .plan b{font-weight:600}
@media(max-width:1150px){
  table.cells:not(.fixed) td.l{white-space:nowrap}
table.cells th{padding:4px 1px;font-size:11px} .c{font-size:11px}
  table.w:not(.cells) td,table.w:not(.cells) th{padding-left:5px;padding-right:5px}
  table.w:not(.cells) th{white-space:normal}
  [class*=st-key-pair-]>[data-testid=stHorizontalBlock],
  [class*=st-key-pair-]>div>[data-testid=stHorizontalBlock],
  [class*=st-key-head-]>[data-testid=stHorizontalBlock],
  [class*=st-key-head-]>div>[data-testid=stHorizontalBlock]{flex-wrap:wrap}
  [class*=st-key-pair-] [data-testid=stColumn],
  [class*=st-key-head-] [data-testid=stColumn]{min-width:100%!important;flex:1 1 100%!important}
  .say{font-size:17px}
}
"""


def stylesheet(palette: Palette) -> str:
    """The `<style>` element for a palette."""
    variables = ";".join(f"--{name.replace('_', '-')}:{value}" for name, value in asdict(palette).items())
    return f"<style>:root{{{variables}}}{RULES}</style>"
