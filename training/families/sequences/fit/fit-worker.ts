import { fitTasks } from "../../../fit/fit-thread";
import { fitSequences } from "./fit-sequences";

/** A worker thread that fits networks on sequences. */
fitTasks(fitSequences);
