# One static binary in an empty image: no shell, no package manager, nothing to
# patch but the program. Time zones and root certificates are inside the binary.

FROM golang:1.26 AS build
WORKDIR /src
# Modules first, so that a change of the code does not download them again.
COPY go.mod go.sum ./
RUN go mod download
# The history comes along for the commit that "innerview version" prints. Where
# git does not answer, the build goes without it.
COPY . .
RUN git rev-parse --verify -q HEAD >/dev/null 2>&1 || export GOFLAGS=-buildvcs=false; \
    CGO_ENABLED=0 go build -trimpath -o /out/innerview ./cmd/innerview
# An empty folder to copy: the image below has no shell to make one with.
RUN mkdir -p /out/data

FROM scratch
COPY --from=build /out/innerview /innerview
# A new volume takes its owner from the folder it covers. A folder of the host
# mounted here keeps its own: it must belong to 65532.
COPY --from=build --chown=65532:65532 /out/data /data
VOLUME ["/data"]
# The database and the key file have relative names by default: they end up here.
WORKDIR /data
# There is no /tmp, and with --read-only this is the one place that can be written.
ENV TMPDIR=/data
# Inside a container loopback reaches nobody: probes come from outside.
ENV INNERVIEW_HTTP_ADDR=0.0.0.0:8080
EXPOSE 8080
# Numbers, because there is no /etc/passwd, and because a cluster that insists on
# "not root" can only see that of a number.
USER 65532:65532
# serve takes up to 15 s to finish what it is sending; docker stop waits for 10
# unless told otherwise (--time 20).
ENTRYPOINT ["/innerview"]
CMD ["serve"]
