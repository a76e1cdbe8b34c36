package store

// NetworkName names a file system by its number.
var NetworkName = networkName
