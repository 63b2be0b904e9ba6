// The install script of onnxruntime-node asks the package global-agent for a proxy, and then downloads CUDA libraries of
// hundreds of megabytes that asterism never loads. This package stands in its place, under its name and version: the script
// ends here. Newer versions of npm do not run the script at all (`allowScripts` in package.json).
exports.bootstrap = () => process.exit(0);
