using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Notices;

public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The server that takes the portal's mail. Empty: none is sent.</summary>
    public string Host { get; set; } = "";

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>Speak TLS (STARTTLS).</summary>
    public bool Tls { get; set; } = true;

    /// <summary>Empty: without an account.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";
}

/// <summary>Carries notices to the mail server. A notice that is sent twice has the same Message-ID, so that a mailbox may show it once.</summary>
public sealed class Mailer(IOptions<MailOptions> options)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public bool IsOn => options.Value is { Host.Length: > 0, From.Length: > 0 };

    internal async Task<Arrival> SendAsync(string address, Letter letter, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            var from = new MailAddress(settings.From, "接诉即办协同门户", Encoding.UTF8);
            using var mail = new MailMessage(from, new MailAddress(address))
            {
                Subject = letter.Title,
                SubjectEncoding = Encoding.UTF8,
                BodyEncoding = Encoding.UTF8,
                BodyTransferEncoding = System.Net.Mime.TransferEncoding.Base64,
                Body = $"{letter.Text}\n{letter.Link}\n\n提醒方式可以在门户的“通知设置”里更改。\n",
            };
            mail.Headers.Add("Message-ID", $"<{letter.Id:N}@{from.Host}>");
            mail.Headers.Add("Auto-Submitted", "auto-generated");
            if (letter.IsEmergency)
            {
                mail.Priority = MailPriority.High;
            }

            using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls };
            if (settings.User.Length > 0)
            {
                client.Credentials = new NetworkCredential(settings.User, settings.Password);
            }

            await client.SendMailAsync(mail, patience.Token);
            return Arrival.Taken;
        }
        catch (SmtpException exception) when (exception.StatusCode is >= SmtpStatusCode.CommandUnrecognized)
        {
            return Arrival.No;
        }
        catch (SmtpException)
        {
            return Arrival.Later;
        }
        catch (FormatException)
        {
            return Arrival.No;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Arrival.Later;
        }
    }
}
