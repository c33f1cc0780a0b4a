namespace JieSuJiBan.Web.Reports;

/// <summary>
/// A form of one or two pages: an order (催办单、督办单、查办单、任务单), a leader's instruction (批示单), a dispatch (派单). What it says, apart
/// from how it is drawn. Always masked: who wants more reads the case.
/// </summary>
/// <param name="Name">What it is called, e.g. 督办单.</param>
/// <param name="Office">Whose it is; stands above the name.</param>
/// <param name="Rows">Label and text, line by line.</param>
/// <param name="SignedBy">The unit that gives it, and <paramref name="Day"/> when.</param>
public sealed record PrintedForm(
    string Name, string Office, string Number, IReadOnlyList<(string Label, string Text)> Rows, string SignedBy, string Day,
    string SealCode, string VerifyUrl, DateTimeOffset PrintedAt, string PrintedBy);
