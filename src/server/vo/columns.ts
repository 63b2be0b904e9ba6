import { STAR_COLUMNS, type Star, type StarColumn } from "../../catalogue/star";
import type { VotableCell, VotableColumn } from "../../formats/votable-writer";
