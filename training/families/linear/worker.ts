import { fitTasks } from "../../fit/fit-thread";
import { fitLinear } from "./fit-linear";

/** A worker thread that fits linear relations. */
fitTasks(fitLinear);
