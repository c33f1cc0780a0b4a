using QRCoder;

namespace JieSuJiBan.Web.Reports;

internal static class Qr
{
    /// <summary>The address under which a print is verified, as a picture in the page.</summary>
    public static string Of(string address) => new SvgQRCode(QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M))
        .GetGraphic(3, "#000", "#fff", drawQuietZones: false, sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
}
