// Corrections: where a sound belongs, or which emotion it has. They go to the server, which keeps them in labels.csv.

/**
 * A function (id, lesson, remark) that hands a lesson in; the lesson is { values } or { label } or { forget: true }. A remark is what
 * must be known of it once it is saved.
 */
export function teacher(app) {
  return async (id, lesson, remark = '') => {
    try {
      const { file, count } = await app.source.teach({ id, ...lesson });
      if (lesson.forget) app.library.taught.delete(id);
      else app.library.taught.set(id, { values: lesson.values ?? null, label: lesson.label ?? null });
      app.tell('taught');
      const kept = count === 1 ? '1 correction' : `${count} corrections`;
      app.alert(lesson.forget ? `Forgotten; ${file} holds ${kept}.` : `Saved: ${file} holds ${kept}.${remark}`, true);
    } catch (error) {
      app.alert(error.message);
    }
  };
}
