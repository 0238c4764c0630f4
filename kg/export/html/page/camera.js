// Where the eye is: a point of the world in the middle of the stage, and pixels to the world unit.

export const NEAREST = 12;

export function newCamera() {
  return { x: 0, y: 0, zoom: 1, wide: 1, high: 1, above: 60 };
}

export const toScreenX = (camera, x) => (x - camera.x) * camera.zoom + camera.wide / 2;
export const toScreenY = (camera, y) => (y - camera.y) * camera.zoom + camera.high / 2;
export const toWorldX = (camera, x) => (x - camera.wide / 2) / camera.zoom + camera.x;
export const toWorldY = (camera, y) => (y - camera.high / 2) / camera.zoom + camera.y;

/** Change the zoom by `factor`, keeping what is under the screen point (x, y) there. */
export function zoomAt(camera, x, y, factor, furthest) {
  const zoom = Math.min(NEAREST, Math.max(furthest, camera.zoom * factor));
  camera.x += (x - camera.wide / 2) * (1 / camera.zoom - 1 / zoom);
  camera.y += (y - camera.high / 2) * (1 / camera.zoom - 1 / zoom);
  camera.zoom = zoom;
}

/** Pixels at the top that the tools take; more on a small screen, where the search stands above them. */
export const above = (camera) => camera.above || 60;

const BELOW = 44;

/** The camera that shows a box of the world with a margin, within the part of the stage that nothing covers. */
export function fitting(camera, box, margin, nearest) {
  const wide = Math.max(box.right - box.left, 1);
  const high = Math.max(box.bottom - box.top, 1);
  const [roomX, roomY] = [camera.wide - 2 * margin, camera.high - 2 * margin - above(camera) - BELOW];
  const zoom = Math.max(1e-4, Math.min(Math.max(60, roomX) / wide, Math.max(60, roomY) / high, nearest));
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 - (above(camera) - BELOW) / 2 / zoom, zoom };
}

/** A camera between two, `share` of the way: zoom moves evenly by ratio. */
export function between(one, two, share) {
  const eased = share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2;
  return {
    x: one.x + (two.x - one.x) * eased,
    y: one.y + (two.y - one.y) * eased,
    zoom: one.zoom * (two.zoom / one.zoom) ** eased,
  };
}
