using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EnterprisesAreReported : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "EnterpriseReports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    Month = table.Column<string>(type: "TEXT", nullable: false),
                    Findings = table.Column<string>(type: "TEXT", nullable: false),
                    Edition = table.Column<int>(type: "INTEGER", nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EnterpriseReports", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_EnterprisesAnswered",
                table: "Cases",
                columns: new[] { "Channel", "District", "AnsweredAt", "FirstReceiver", "DueAt", "Nature", "ReportedUnit" },
                filter: "\"Channel\" = 'Enterprise'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_EnterprisesAsked",
                table: "Cases",
                columns: new[] { "Channel", "District", "CalledBackAt", "CountedUnit", "IsExcluded", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "Solved", "Satisfaction", "Nature", "ReportedUnit" },
                filter: "\"Channel\" = 'Enterprise'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_EnterprisesOpen",
                table: "Cases",
                columns: new[] { "Channel", "District", "IsOpen", "ClosedAt", "RaisedAt", "FirstReceiver", "DueAt", "AnsweredAt", "SuspendedAt", "Nature", "ReportedUnit" },
                filter: "\"Channel\" = 'Enterprise'");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_EnterprisesRaised",
                table: "Cases",
                columns: new[] { "Channel", "District", "RaisedAt", "Home", "Category", "Nature", "ReportedUnit" },
                filter: "\"Channel\" = 'Enterprise'");

            migrationBuilder.CreateIndex(
                name: "IX_EnterpriseReports_District_Key",
                table: "EnterpriseReports",
                columns: new[] { "District", "Key" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EnterpriseReports");

            migrationBuilder.DropIndex(
                name: "IX_Cases_EnterprisesAnswered",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_EnterprisesAsked",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_EnterprisesOpen",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_EnterprisesRaised",
                table: "Cases");
        }
    }
}
