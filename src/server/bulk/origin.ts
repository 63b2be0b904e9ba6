import type { Origin } from "../../catalogue/bulk/about";
import { VERSION } from "../../config";

/** What a file that is asked for today says of itself. */
export const originToday = (): Origin => ({ date: new Date().toISOString().slice(0, 10), software: `asterism ${VERSION}` });
