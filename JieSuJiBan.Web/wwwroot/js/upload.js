// Sends a file. Photos are scaled down here first: a phone's 12 megapixels are more than anyone looks at, and drawing them anew
// leaves behind where and when they were taken.
const maxEdge = 2000;
const maxSize = 20 * 1024 * 1024;

/** A smaller copy; drawn `anew` in any case, and nothing if it cannot be drawn, where no byte of the original may leave the phone. */
export async function scaled(file, edge = maxEdge, anew = false) {
  if (!anew && !/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)) return file;
  let bitmap;
  try { bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }); } catch { return anew ? null : file; }
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  if (!anew && scale === 1 && file.size < 700 * 1024) return file;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
  const type = file.type === 'image/png' && !anew ? 'image/png' : 'image/jpeg';
  const pen = canvas.getContext('2d');
  if (type === 'image/jpeg') {  // which knows no transparency
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise(resolve => canvas.toBlob(resolve, type, .85));
  if (anew) return blob;
  return blob && (blob.size < file.size || file.type.includes('hei')) ? new File([blob], file.name, { type }) : file;
}

export async function upload(file) {
  const body = await scaled(file);
  if (body.size > maxSize) throw new Error(document.documentElement.lang === 'en' ? 'larger than 20 MB' : '超过20 MB');
  const answer = await fetch('files', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/octet-stream',
      'X-File-Name': encodeURIComponent(file.name),
      'X-Antiforgery': document.querySelector('meta[name=antiforgery]').content,
    },
    body,
  });
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw new Error((document.documentElement.lang === 'en' ? problem.english : problem.detail) ?? `${answer.status}`);
}
