namespace JieSuJiBan.Domain.Cases;

/// <summary>The person or organisation that raised a demand. Kept apart from the case and its log, encrypted, so that it can be erased.</summary>
public sealed record Petitioner(string Name, string Phone, string Address, bool IsOrganisation = false, string Email = "")
{
    public static readonly Petitioner Anonymous = new("", "", "");

    /// <summary>What everybody may see: 王** · 138****1234 · neither address nor e-mail.</summary>
    public Petitioner Masked() => this with { Name = MaskName(Name), Phone = MaskPhone(Phone), Address = Mask(Address), Email = Mask(Email) };

    private static string Mask(string text) => text.Length == 0 ? "" : "******";

    private string MaskName(string name) =>
        name.Length == 0 ? "匿名"
        : IsOrganisation ? $"{name[..Math.Min(2, name.Length)]}******"
        : $"{name[0]}**";

    private static string MaskPhone(string phone) =>
        phone.Length >= 7 ? $"{phone[..3]}****{phone[^4..]}" : new string('*', phone.Length);
}
