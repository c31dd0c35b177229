// The loader: what a hospital's page embeds.
import texts from "../../../data/widget/texts.yml?prefix=launcher";
import themes from "virtual:launcher-themes";

console.log(texts, themes);
