import { presetButtons } from "./presets.js";

/** @import { Kit, Part, Presets } from "./types.js" */

/**
 * Buttons of named settings, the first of them the way back to the setting that the explorer started from.
 * @type {(kit: Kit, presets?: Presets) => Part}
 */
export const settings = (kit, presets = {}) => presetButtons(kit, { start: kit.start, ...presets });
