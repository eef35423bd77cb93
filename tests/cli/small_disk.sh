# small_disk.sh SIZE MODE FOLDER COMMAND...: runs COMMAND with FOLDER on a disk of its own, of SIZE, made read-only
# if MODE is ro; then names what is in FOLDER. Only this process and its children see that disk.
set -eu
size=$1 mode=$2 folder=$3
shift 3
kept=$(mktemp -d)
cp -a "$folder/." "$kept"
mount -t tmpfs -o "size=$size" small "$folder"
cp -a "$kept/." "$folder"
rm -r "$kept"
cd "$folder"
[ "$mode" = rw ] || mount -o "remount,$mode" "$folder"
status=0
"$@" || status=$?
echo "left: $(ls -A "$folder" | sort | tr '\n' ' ')"
exit "$status"
