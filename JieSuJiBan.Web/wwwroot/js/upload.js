// Sends a file. Photos are scaled down here first: a phone's 12 megapixels are more than anyone looks at, and drawing them anew
// leaves behind where and when they were taken.
const maxEdge = 2000;
const maxSize = 20 * 1024 * 1024;

async function scaled(file) {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)) return file;
  let bitmap;
  try { bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }); } catch { return file; }
  const scale = Math.min(1, maxEdge / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size < 700 * 1024) return file;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const type = file.type === 'image/png' ? 'image/png' : 'image/jpeg';
  const blob = await new Promise(resolve => canvas.toBlob(resolve, type, .85));
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
