declare module "virtual:launcher-themes" {
  /** The rules of all themes for the launcher, by class. */
  const css: string;
  export default css;
}
declare module "*.yml?prefix=launcher_" {
  const texts: Record<string, Record<"nb" | "nn" | "en", string>>;
  export default texts;
}
declare module "*.yml" {
  const content: unknown;
  export default content;
}
