/** The package's custom elements; importing this file registers them where there are custom elements. */
export {};
