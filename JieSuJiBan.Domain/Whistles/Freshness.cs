using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Whistles;

/// <summary>A decision binds others, so the password behind it must have been given lately.</summary>
public static class Freshness
{
    public const string Code = "decision.sign-in-again";

    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    public static Refusal? Check(Actor by, DateTimeOffset now) =>
        now - by.SignedInAt > Limit
            ? new Refusal(Code, "距上次登录已超过30分钟，请再次输入密码。", "Your last sign-in is more than 30 minutes ago: give your password again.", "password")
            : null;
}
