/** The pictures of incidents: shape tells the kind of act, fill and outline how well it is known, so that colour is never alone. */

/** Outlines in a box of 24 by 24, by act group (ACT_GROUPS of src/trucewatch/reports/map_columns.py). */
export const SHAPES: Record<string, string> = {
  fire: "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17Z",
  air: "M12 2.5 21.5 20h-19Z",
  ground: "M4.5 4.5h15v15h-15Z",
  people: "M12 2.6 21.4 9.6 17.8 20.6 6.2 20.6 2.6 9.6Z",
  access: "M12 2 22 12 12 22 2 12Z",
  forces: "M7 3.4h10l5 8.6-5 8.6H7L2 12Z",
  easing: "M9 3h6v6h6v6h-6v6H9v-6H3V9h6Z",
  other: "M5 3l7 5 7-5 2 2-5 7 5 7-2 2-7-5-7 5-2-2 5-7-5-7Z",
};
export const GRADE_KEYS = ["known", "backed", "thin", "contested"] as const;

export interface Palette {
  known: string;
  backed: string;
  thin: string;
  contested: string;
  sheet: string;
  ink: string;
  line: string;
}

/** The colours that the style sheet gives, for light and dark. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim() || "#000";
  return { known: of("known"), backed: of("backed"), thin: of("thin"), contested: of("contested"), sheet: of("sheet"), ink: of("ink"), line: of("line") };
}

/** Draw one symbol in a square. */
export function drawSymbol(ctx: CanvasRenderingContext2D, x: number, y: number, size: number, group: string, grade: number, palette: Palette): void {
  const path = new Path2D(SHAPES[group] ?? SHAPES.other);
  const colour = palette[GRADE_KEYS[grade] ?? "thin"];
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size / 24, size / 24);
  ctx.lineJoin = "round";
  ctx.strokeStyle = palette.sheet;
  ctx.lineWidth = 5;
  ctx.stroke(path);
  ctx.fillStyle = grade <= 1 ? colour : palette.sheet;
  ctx.fill(path);
  if (grade === 3) {
    ctx.save();
    ctx.clip(path);
    ctx.fillStyle = colour;
    ctx.fillRect(0, 0, 12, 24);
    ctx.restore();
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2.4;
  ctx.stroke(path);
  if (grade === 1) {
    ctx.fillStyle = palette.sheet;
    ctx.beginPath();
    ctx.arc(12, group === "air" ? 14 : 12, 2.7, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

function sheetOf(width: number, height: number, ratio: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * ratio);
  canvas.height = Math.ceil(height * ratio);
  // drawn to be read back: kept off the graphics card, from which reading takes a thousand times as long
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  if (!ctx) throw new Error("no canvas here");
  ctx.scale(ratio, ratio);
  return [canvas, ctx];
}

const urls = new Map<string, string>();

/** A symbol as the address of a picture, for legends and lists. */
export function symbolUrl(group: string, grade: number, palette: Palette): string {
  const key = `${group}|${grade}|${palette.sheet}|${palette.known}`;
  let url = urls.get(key);
  if (!url) {
    const path = SHAPES[group] ?? SHAPES.other ?? "";
    const colour = palette[GRADE_KEYS[grade] ?? "thin"];
    const half = grade === 3 ? `<clipPath id="h"><path d="M0 0h12v24H0Z"/></clipPath><path d="${path}" fill="${colour}" clip-path="url(#h)"/>` : "";
    const eye = grade === 1 ? `<circle cx="12" cy="${group === "air" ? 14 : 12}" r="2.7" fill="${palette.sheet}"/>` : "";
    url = `data:image/svg+xml,${encodeURIComponent(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 28 28"><path d="${path}" fill="${grade <= 1 ? colour : palette.sheet}"/>${half}` +
        `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2.4" stroke-linejoin="round"/>${eye}</svg>`,
    )}`;
    urls.set(key, url);
  }
  return url;
}

/** An <img> of a symbol; the words beside it tell the same. */
export function symbolImage(group: string, grade: number, palette: Palette): HTMLImageElement {
  const image = document.createElement("img");
  image.className = "symbol";
  image.alt = "";
  image.width = 20;
  image.height = 20;
  image.src = symbolUrl(group, grade, palette);
  return image;
}

const RATIO = 2;
const CELL = 20;

/** The picture that a map feature asks for by name: "i|fire.3,air.2" up to six symbols, "d|12|1,2,3,6" a ring of grades with a number. */
export function mapImage(name: string, palette: Palette): ImageData | null {
  const [kind, head, tail] = name.split("|");
  if (kind === "i" && head) return tile(head.split(","), palette);
  if (kind === "d" && head && tail) return ring(head, tail.split(",").map(Number), palette);
  if (kind === "c" && head) return plate(head, tail ?? "", palette);
  return null;
}

export const IMAGE_RATIO = RATIO;

function tile(codes: string[], palette: Palette): ImageData {
  const columns = Math.min(3, codes.length);
  const rows = Math.ceil(codes.length / 3);
  const pad = codes.length > 1 ? 4 : 3;
  const [width, height] = [columns * CELL + 2 * pad, rows * CELL + 2 * pad];
  const [canvas, ctx] = sheetOf(width, height, RATIO);
  if (codes.length > 1) {
    ctx.fillStyle = palette.sheet;
    ctx.strokeStyle = palette.line;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.roundRect(0.5, 0.5, width - 1, height - 1, 7);
    ctx.fill();
    ctx.stroke();
  }
  codes.forEach((code, i) => {
    const [group, grade] = code.split(".");
    const x = pad + (i % 3) * CELL;
    const y = pad + Math.floor(i / 3) * CELL;
    drawSymbol(ctx, x + 1, y + 1, CELL - 2, group ?? "other", Number(grade), palette);
  });
  return ctx.getImageData(0, 0, canvas.width, canvas.height);
}

function ring(words: string, parts: number[], palette: Palette): ImageData {
  const total = parts.reduce((sum, part) => sum + part, 0) || 1;
  const radius = 15 + Math.min(9, 2.2 * Math.log10(Math.max(1, total)) + words.length);
  const size = 2 * radius + 6;
  const middle = size / 2;
  const [canvas, ctx] = sheetOf(size, size, RATIO);
  ctx.fillStyle = palette.sheet;
  ctx.beginPath();
  ctx.arc(middle, middle, radius + 2, 0, 2 * Math.PI);
  ctx.fill();
  let angle = -Math.PI / 2;
  ctx.lineWidth = 6;
  parts.forEach((part, grade) => {
    if (!part) return;
    const next = angle + (2 * Math.PI * part) / total;
    ctx.strokeStyle = palette[GRADE_KEYS[grade] ?? "thin"];
    ctx.setLineDash(grade === 3 ? [4, 1.6] : []);
    ctx.beginPath();
    ctx.arc(middle, middle, radius - 2, angle, next);
    ctx.stroke();
    angle = next;
  });
  ctx.setLineDash([]);
  ctx.fillStyle = palette.ink;
  ctx.font = `600 ${words.length > 3 ? 11 : 13}px system-ui, "DejaVu Sans", sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(words, middle, middle + 0.5);
  return ctx.getImageData(0, 0, canvas.width, canvas.height);
}

const PLATES = ["#0b4f8a", "#8a4b00", "#5b2a86", "#00695c", "#7a1f3d", "#4a4f00"];

/** A party's letters on a plate: solid where the theatre's table says so, hollow where it is claimed, with ? where contested. */
function plate(words: string, style: string, palette: Palette): ImageData {
  const isClaim = style.includes("claim");
  const colour = PLATES[Number(/\d+/.exec(style)?.[0] ?? 0) % PLATES.length] ?? "#0b4f8a";
  const width = 12 + 8 * words.length;
  const [canvas, ctx] = sheetOf(width, 20, RATIO);
  ctx.beginPath();
  ctx.roundRect(1.5, 1.5, width - 3, 17, 3);
  ctx.fillStyle = isClaim ? palette.sheet : colour;
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.setLineDash(isClaim ? [4, 2] : []);
  ctx.strokeStyle = isClaim ? (palette.sheet === "#ffffff" ? colour : palette.ink) : palette.sheet;
  ctx.stroke();
  ctx.fillStyle = isClaim ? (palette.sheet === "#ffffff" ? colour : palette.ink) : "#ffffff";
  ctx.font = '700 11px system-ui, "DejaVu Sans", sans-serif';
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(words, width / 2, 10.5);
  return ctx.getImageData(0, 0, canvas.width, canvas.height);
}
