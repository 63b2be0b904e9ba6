import { BOOSTING_RECIPES } from "./families/boosting/recipes";
import { RELATION_RECIPES } from "./families/relation/recipes";
import { SEQUENCE_RECIPES } from "./families/sequences/recipes";
import type { Recipe } from "./recipe";
import { STACK_RECIPES } from "./stacks/recipes";

/** Every recipe: the command line, its help and `train --list` are made from this list. Studies are files, see training/studies. */
export const RECIPES: readonly Recipe[] = [...BOOSTING_RECIPES, ...RELATION_RECIPES, ...SEQUENCE_RECIPES, ...STACK_RECIPES];
