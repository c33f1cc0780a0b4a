using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Callbacks;

/// <summary>How a petitioner is asked.</summary>
public enum CallbackWay
{
    [Word("电话")] Phone,
    [Word("先短信或网页，未回复再电话")] LinkFirst,
    [Word("只发短信或网页")] LinkOnly,
    [Word("未抽中，不回访")] NotDrawn,
}

/// <summary>
/// Of a unit's answered cases <paramref name="PhonePercent"/> are asked by phone and <paramref name="LinkFirstPercent"/> by a link first;
/// what is drawn for neither gets a link only, once the unit has its <paramref name="Minimum"/> of the month. Which case is which follows
/// from its id and the <paramref name="Seed"/>, so anybody can draw the lot again. The limits are those of the two reviews.
/// </summary>
public sealed record CallbackTerms(
    int PhonePercent, int LinkFirstPercent, int Minimum, TimeLimit LinkWait, TimeLimit ContestWithin, TimeLimit ExamineWithin, TimeLimit DecideWithin, string Basis, string Seed)
{
    public const int MaxBasis = 300, Lots = 10_000;

    /// <summary>Until a district says otherwise everybody is asked, by a link first where there is one.</summary>
    public static readonly CallbackTerms Default = new(
        0, 100, 0, new(48, LimitUnit.Hours), new(5, LimitUnit.WorkingDays), new(3, LimitUnit.WorkingDays), new(3, LimitUnit.WorkingDays),
        "本门户建议值：条例第二十三条要求届满后回访，比例和时间未作规定", "jsjb");

    /// <summary>The lot of a case, from 0 to 9,999.</summary>
    public int LotOf(Guid caseId) => (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}:{caseId:N}"))) % Lots);

    /// <summary>What is to be done with a case of this lot, when <paramref name="drawnBefore"/> of its unit have been drawn this month.</summary>
    public CallbackWay Draw(int lot, int drawnBefore, bool hasLink, bool mustCall) =>
        mustCall || lot < PhonePercent * (Lots / 100) ? CallbackWay.Phone
        : lot < (PhonePercent + LinkFirstPercent) * (Lots / 100) || drawnBefore < Minimum ? (hasLink ? CallbackWay.LinkFirst : CallbackWay.Phone)
        : hasLink ? CallbackWay.LinkOnly
        : CallbackWay.NotDrawn;

    public IEnumerable<Refusal> Problems()
    {
        if (PhonePercent is < 0 or > 100)
        {
            yield return new("callback-plan.phone", "电话回访比例应在0到100之间。", "The share asked by phone lies between 0 and 100.", "phone");
        }

        if (LinkFirstPercent < 0 || PhonePercent + LinkFirstPercent > 100)
        {
            yield return new("callback-plan.link", "两个比例之和应在0到100之间。", "Both shares together lie between 0 and 100.", "link");
        }

        if (Minimum is < 0 or > 10_000)
        {
            yield return new("callback-plan.minimum", "每月最少件数应在0到10000之间。", "The minimum of a month lies between 0 and 10,000.", "minimum");
        }

        foreach (var (limit, field) in new[] { (LinkWait, "linkWait"), (ContestWithin, "contestWithin"), (ExamineWithin, "examineWithin"), (DecideWithin, "decideWithin") })
        {
            if (!limit.IsValid)
            {
                yield return new("callback-plan.limit", "请填写时限，如48小时、5个工作日。", "Give a time, such as 48 hours or 5 working days, as times are written here.", field);
            }
        }

        if (string.IsNullOrWhiteSpace(Basis) || Basis.Length > MaxBasis)
        {
            yield return new("callback-plan.basis", $"请写明依据，最多{MaxBasis}个字。", $"Name the basis, in at most {MaxBasis} characters.", "basis");
        }
    }
}
