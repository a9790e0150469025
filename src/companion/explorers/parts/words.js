/** @type {(T: number) => string} */
export const stepsBack = (T) => (T === 2 ? "1 step" : `${T - 1} steps`);
