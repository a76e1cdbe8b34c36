package store_test

import (
	"testing"

	"innerview/internal/store"
)

func TestNetworkName(t *testing.T) {
	t.Parallel()
	tests := []struct {
		kind int64
		want string
	}{
		{0x6969, "NFS"},
		{-0xacb2be, "SMB"}, // as 32-bit kernels report 0xff534d42
		{0xff534d42, "SMB"},
		{0xef53, ""},     // ext4
		{0x01021994, ""}, // tmpfs
		{0x794c7630, ""}, // overlay
		{0x01021997, ""}, // 9P, which some containers run on
	}
	for _, tt := range tests {
		if got := store.NetworkName(tt.kind); got != tt.want {
			t.Errorf("NetworkName(%#x) = %q, want %q", tt.kind, got, tt.want)
		}
	}
}
