using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Ledger : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Leader",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LeaderId",
                table: "Cases",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Worker",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WorkerId",
                table: "Cases",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Triage_District_RaisedAt",
                table: "Triage",
                columns: new[] { "District", "RaisedAt" },
                filter: "\"Crowd\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_IsOpen_JoinedCount",
                table: "Cases",
                columns: new[] { "District", "IsOpen", "JoinedCount" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_IsOpen_RaisedAt",
                table: "Cases",
                columns: new[] { "District", "IsOpen", "RaisedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_Solved_Satisfaction_Id",
                table: "Cases",
                columns: new[] { "District", "Solved", "Satisfaction", "Id" },
                filter: "\"Solved\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_LeaderId_IsOpen_DueAt",
                table: "Cases",
                columns: new[] { "LeaderId", "IsOpen", "DueAt" },
                filter: "\"LeaderId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_WorkerId_IsOpen_DueAt",
                table: "Cases",
                columns: new[] { "WorkerId", "IsOpen", "DueAt" },
                filter: "\"WorkerId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Triage_District_RaisedAt",
                table: "Triage");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_IsOpen_JoinedCount",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_IsOpen_RaisedAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_Solved_Satisfaction_Id",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_LeaderId_IsOpen_DueAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_WorkerId_IsOpen_DueAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Leader",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "LeaderId",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Worker",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "WorkerId",
                table: "Cases");
        }
    }
}
