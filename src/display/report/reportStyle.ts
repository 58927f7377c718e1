/** The style sheet of the report's page. */
import { DARK, FONT, LIGHT, styleCharts } from '../svg/style';

export function stylePage(): string {
  return `${LAYOUT}${colour(LIGHT)}@media (prefers-color-scheme:dark){${colour(DARK)}}${PRINT}${styleCharts()}`;
}

const LAYOUT = `
:root{color-scheme:light dark}
body{margin:0;font:15px/1.55 ${FONT}}
main{max-width:800px;margin:0 auto;padding:40px 20px 64px}
h1{font-size:28px;line-height:1.2;margin:0 0 4px;font-weight:600}
h2{font-size:19px;line-height:1.3;margin:44px 0 4px;font-weight:600}
h3{font-size:14px;margin:24px 0 8px;font-weight:600}
p{margin:4px 0 12px}
.emblem{display:block;margin:0 0 16px}
.lead,figcaption,.fine{font-size:13.5px}
.models{list-style:none;padding:0;margin:20px 0 0}
.models li{padding:4px 0;display:flex;gap:10px}
.models svg{flex:none;margin-top:5px}
.models b{font-weight:600}
nav{margin:20px 0 0;font-size:13.5px;display:flex;flex-wrap:wrap;gap:4px 16px}
figure{margin:16px 0 8px}
figure svg{display:block;width:100%;height:auto}
.scroll{overflow-x:auto;margin:8px 0 16px}
table{border-collapse:collapse;min-width:100%;font-size:13px;line-height:1.4;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:0 0 6px}
th,td{text-align:left;padding:5px 14px 5px 0;vertical-align:top;border-bottom:1px solid}
thead th{font-weight:500;vertical-align:bottom;min-width:4.2em}
tbody td,tbody th{white-space:nowrap}
tbody th{font-weight:400}
.n{text-align:right;white-space:nowrap}
tbody .long{min-width:240px;overflow-wrap:anywhere;white-space:normal}
td,th{overflow-wrap:break-word;max-width:380px}
.turned tbody td{min-width:112px;white-space:normal;overflow-wrap:anywhere}
details{margin:4px 0 12px;font-size:13.5px}
summary{cursor:pointer;padding:2px 0}
dl{margin:8px 0}dt{font-weight:600;margin-top:12px}dd{margin:0}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid;outline-offset:2px}
footer{margin-top:48px;padding-top:12px;border-top:1px solid;font-size:13px}
`;

function colour({ paper, text, quiet, grid, series }: typeof LIGHT): string {
  return (
    `body{background:${paper};color:${text}}` +
    `.lead,figcaption,.fine,thead th,footer,nav{color:${quiet}}` +
    `th,td,footer{border-color:${grid}}` +
    `a,summary{color:${series[0]}}`
  );
}

const PRINT =
  '@media print{main{max-width:none;padding:0}nav{display:none}h2,figure{break-inside:avoid}h2{break-after:avoid}}';
