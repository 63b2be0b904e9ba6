import type { Origin } from "../../catalogue/bulk/about";
import { PREDICTION_FLAG_BITS } from "../../catalogue/prediction-flags";

/** What a file that is asked for today says of itself. */
export const originToday = (): Origin => ({ date: new Date().toISOString().slice(0, 10), predictionFlags: PREDICTION_FLAG_BITS });
