// What training/families/sequences/kernels/kernels.ts calls. Nothing is allocated here: the caller owns the memory.

export { attentionBackward, attentionForward } from "./attention";
export { gruBackward, gruForward } from "./gru";
export { lstmBackward, lstmForward } from "./lstm";
export { addOuterProducts, addProducts, addRows, copyColumns, repeatRow, transpose } from "./products";
export { addNumbers, normaliseRows, normaliseRowsBackward, rectify, rectifyBackward } from "./rows";
export { poolMean, scaleSequences, spreadMean } from "./sequences";
